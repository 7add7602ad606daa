import type { EntityClass } from "../../../domain/decorators";
import {
  findProblem,
  isCustomClass,
  PRIMITIVES,
  readFacts,
  WEAK_RULES,
  type Condition,
  type Container,
  type PropertyFacts,
} from "./PropertyFacts";

/** What is known about a property of a class, and what its own rules leave unchecked. */
export interface PropertyShape {
  readonly name: string;
  /** What the value must be, if its rules do not say so. */
  readonly container: Container | undefined;
  /** `typeof` of the value, if the compiler recorded it and its rules do not say so. */
  readonly primitive: "string" | "number" | "boolean" | undefined;
  /** Whether the value must be one object, not an array of them. */
  readonly isSingle: boolean;
  /** Whether the value, or the items of a container, are instances of classes. */
  readonly isNested: boolean;
  /** These classes, if they are known. */
  readonly classes: readonly EntityClass[];
  /** Whether class-transformer makes instances of these classes. */
  readonly isConverted: boolean;
  /** Whether class-validator validates these instances. */
  readonly isValidated: boolean;
  readonly conditions: readonly Condition[];
  /** Why the property cannot be checked completely. `undefined`: it can. */
  readonly problem: string | undefined;
}

const UNKNOWN = {
  container: undefined,
  primitive: undefined,
  isSingle: false,
  isNested: false,
  classes: [],
  isConverted: false,
  isValidated: false,
  conditions: [],
  problem: undefined,
};

/** Determines the shape of a property from its decorators and the type that the compiler recorded. */
export function toPropertyShape(
  entity: EntityClass,
  name: string,
): PropertyShape {
  let facts: PropertyFacts;
  try {
    facts = readFacts(entity, name);
  } catch {
    const problem = "has a @Type whose function threw; correct it";
    return { ...UNKNOWN, name, problem };
  }
  const { classes, isDynamic, isNested, isTransformed } = facts;
  const isAnything = facts.isAllowed && classes.length === 0;
  if (facts.isExcluded || isAnything) return { ...UNKNOWN, name };
  return {
    name,
    container: facts.container,
    primitive: findPrimitive(facts),
    isSingle: isCustomClass(facts.designType) && !isTransformed,
    isNested: classes.length > 0 || isDynamic || isNested,
    classes,
    isConverted: facts.types !== undefined,
    isValidated: isNested,
    conditions: facts.conditions,
    problem: findProblem(facts),
  };
}

/** The type of the value, if the compiler recorded it and no rule requires it. */
function findPrimitive({
  own,
  designType,
  isTransformed,
}: PropertyFacts): PropertyShape["primitive"] {
  const isTyped = own.some(({ name }) => !WEAK_RULES.has(name ?? ""));
  return isTyped || isTransformed ? undefined : PRIMITIVES.get(designType);
}
