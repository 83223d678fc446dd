/** Stands for whatever signs people in: it has left an access token here. */
export const token = (): string | undefined => localStorage.getItem("token") ?? undefined;
