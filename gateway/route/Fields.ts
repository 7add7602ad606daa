/** An object of JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** Notes what is wrong: where, by which rule, in words. */
export type Say = (path: string, rule: string, message: string) => void;

/** Whether it is an object of JSON. */
export const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
