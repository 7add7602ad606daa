import { failToRead } from "../errors/Fault";

/** Stops reading because the string is not XML. */
export function refuse(): never {
  return failToRead("the string is not well-formed XML");
}
