export type Members = { readonly [key: string]: unknown };

export const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

export const isText = (value: unknown): value is string => typeof value === "string";

export const isTexts = (value: unknown): value is string[] => {
  if (!Array.isArray(value)) return false;
  for (const item of value) if (typeof item !== "string") return false;
  return true;
};

const idShape = /^\w[\w.:@~-]{0,127}$/;
const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const isId = (value: unknown): value is string => typeof value === "string" && idShape.test(value);
export const isUuid = (value: unknown): value is string => typeof value === "string" && uuidShape.test(value);

/** Whether an object has exactly so many keys; with each wanted key checked, that leaves none unknown. */
export const hasKeys = (value: Members, wanted: number): boolean => {
  let count = 0;
  for (const _ in value) count += 1;
  return count === wanted;
};
