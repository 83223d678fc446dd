import type { ButtonHTMLAttributes } from "react";
import { Icon, type IconName } from "./Icon.tsx";

/** A button that is a sign, with its name for whoever does not see it, and for whoever points at it. */
export function IconButton({
  icon,
  name,
  label,
  small = false,
  className = "",
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly icon: IconName;
  readonly name: string;
  /** Shown beside the sign. */
  readonly label?: string;
  readonly small?: boolean;
}) {
  const size = small ? "min-h-8 min-w-8" : "min-h-11 min-w-11";
  return (
    <button
      type="button"
      aria-label={name}
      title={name}
      className={`inline-flex items-center justify-center gap-1.5 rounded-lg text-faint hover:bg-hover hover:text-text aria-expanded:bg-tint aria-expanded:text-accent ${size} ${label === undefined ? "" : "px-2"} ${className}`}
      {...rest}
    >
      <Icon name={icon} size={small ? 18 : 20} />
      {label !== undefined && <span className="text-sm tabular-nums">{label}</span>}
    </button>
  );
}
