import type { ButtonHTMLAttributes } from "react";

const looks = {
  main: "bg-accent text-on-accent border-accent hover:brightness-110",
  plain: "bg-raised border-edge/60 hover:border-accent",
  grave: "bg-raised border-no text-no hover:bg-no-tint",
  quiet: "border-transparent text-accent underline-offset-4 hover:underline",
} as const;

export type Look = keyof typeof looks;

export function Button({
  look = "plain",
  small = false,
  className = "",
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { readonly look?: Look; readonly small?: boolean }) {
  const size = small ? "min-h-8 px-2.5 text-sm" : "min-h-11 px-4";
  return (
    <button
      type="button"
      className={`inline-flex items-center justify-center gap-2 rounded-lg border font-semibold ${size} ${looks[look]} ${className}`}
      {...rest}
    />
  );
}
