import { fail } from "../errors/Fault";
import type { JavaClass } from "../members/JavaClass";
import { mathClass } from "./mathClass";
import { doubleClasses, integerClasses } from "./numberClasses";
import {
  base64Class,
  collectionsClass,
  decimalClass,
  randomClass,
  systemClass,
  urlDecoderClass,
  urlEncoderClass,
  uuidClass,
} from "./otherClasses";
import { stringClass } from "./stringClass";
import { decimalFormatClass } from "../objects/DecimalFormat";
import {
  calendarClass,
  dateClass,
  simpleDateFormatClass,
} from "../time/legacyClasses";
import { formatterClass, temporalClasses } from "../time/timeClasses";

/** The classes that expressions can use. */
export const CLASSES: readonly JavaClass[] = [
  mathClass,
  stringClass,
  ...integerClasses,
  ...doubleClasses,
  decimalClass,
  base64Class,
  systemClass,
  uuidClass,
  urlEncoderClass,
  urlDecoderClass,
  collectionsClass,
  randomClass,
  dateClass,
  calendarClass,
  ...temporalClasses,
  formatterClass,
  simpleDateFormatClass,
  decimalFormatClass,
];

/** The classes by name, with and without their package. */
const BY_NAME: ReadonlyMap<string, JavaClass> = new Map(
  CLASSES.flatMap((each) => [
    [each.name, each],
    [shortName(each), each],
  ]),
);

/**
 * Finds a class by its name, with or without its package.
 *
 * @throws Fault when it is not available.
 */
export function classOf(name: string): JavaClass {
  return (
    BY_NAME.get(name) ??
    fail(
      `the class ${name} is not available; the available classes are ${CLASSES.map(shortName).join(", ")}`,
    )
  );
}

function shortName({ name }: JavaClass): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
