import { fail } from "../errors/Fault";
import { method, type Method } from "../members/Method";
import { decode } from "../text/charsets";
import { format } from "../text/format";
import { admit, ownValue } from "../values/admit";
import { toJavaText } from "../values/toText";
import type { JavaClass } from "../members/JavaClass";

/** `T(String)`. */
export const stringClass: JavaClass = {
  name: "java.lang.String",
  isInstance: (value) => typeof value === "string",
  construct: method(["any?", "text?"], (_, [value = "", charset], meter) => {
    if (value instanceof Uint8Array) {
      meter.takeText(value.length);
      return decode(value, charset);
    }
    return typeof value === "string"
      ? value
      : fail("the argument of new String must be a string or a byte array");
  }),
  statics: new Map<string, Method<null>>([
    [
      "valueOf",
      method(["any"], (_, [value], meter) => toJavaText(value, meter)),
    ],
    [
      "format",
      method(["text", "any*"], (_, [pattern, values], meter) =>
        format(pattern, values, meter),
      ),
    ],
    [
      "join",
      method(["text", "any*"], (_, [comma, values], meter) => {
        const [first] = values;
        const items: readonly unknown[] =
          values.length === 1 && Array.isArray(first) ? first : values;
        const parts: string[] = [];
        for (let at = 0; at < items.length; at++) {
          meter.step();
          const part = toJavaText(admit(ownValue(items, at)), meter);
          meter.takeText(part.length + comma.length);
          parts.push(part);
        }
        return parts.join(comma);
      }),
    ],
  ]),
};
