import {
  oncePerClass,
  rulesOf,
  transformedNamesOf,
  type EntityClass,
} from "../../../domain/decorators";
import { toPropertyShape, type PropertyShape } from "./PropertyShape";
import { formatNumber } from "../text/formatNumber";

/** What is known about a class of a contract, and what its rules leave unchecked. */
export interface ClassShape {
  readonly properties: readonly PropertyShape[];
  /** Why values of the class cannot be checked completely, one sentence for each reason. */
  readonly problems: readonly string[];
}

/** Maximum number of classes in a contract. */
const MAX_CLASSES = 1_000;

/** Determines the shape of a class, without the classes that it refers to. */
export const shapeOf = oncePerClass((entity): ClassShape => {
  const { name } = entity;
  const fields = fieldsOf(entity);
  if (!fields)
    return {
      properties: [],
      problems: [
        `the constructor of ${name} threw; it must work without arguments`,
      ],
    };
  const declared = [
    ...rulesOf(entity).map(({ propertyName }) => propertyName),
    ...transformedNamesOf(entity).keys(),
  ];
  const properties = [...new Set([...declared, ...fields])].map((each) =>
    toPropertyShape(entity, each),
  );
  if (declared.length === 0)
    return {
      properties: [],
      problems: [
        `the class ${name} has no rules; add decorators of class-validator to its properties, for example @IsString()`,
      ],
    };
  return {
    properties,
    problems: properties
      .filter(({ problem }) => problem !== undefined)
      .map((each) => `${name}.${each.name} ${each.problem ?? ""}`),
  };
});

/** The fields that an instance has from its constructor, except functions. `undefined`: the constructor threw. */
function fieldsOf(entity: EntityClass): string[] | undefined {
  try {
    return Object.entries(new entity())
      .filter(([, value]) => typeof value !== "function")
      .map(([name]) => name);
  } catch {
    return undefined;
  }
}

/**
 * Finds everything that the rules of a class, and of all classes that it refers to, leave unchecked. In a class that is sent, maps
 * and sets are problems, too: `JSON.stringify` makes them empty objects.
 */
export function findProblems(
  root: EntityClass,
  { isSent }: { readonly isSent: boolean },
): string[] {
  const classes = new Set([root]);
  const problems: string[] = [];
  for (const entity of classes) {
    const shape = shapeOf(entity);
    problems.push(...shape.problems);
    if (isSent) problems.push(...findContainers(entity));
    for (const nested of shape.properties.flatMap((each) => each.classes))
      classes.add(nested);
    if (classes.size > MAX_CLASSES)
      return [
        `${root.name} refers to more than ${formatNumber(MAX_CLASSES)} classes, which is the limit`,
      ];
  }
  return problems;
}

/** The maps and sets of a class that does not define how it is converted to JSON. */
function findContainers(entity: EntityClass): string[] {
  if ("toJSON" in (entity.prototype as object)) return [];
  return shapeOf(entity)
    .properties.filter(({ container }) => container && container !== "array")
    .map(
      ({ name, container }) =>
        `${entity.name}.${name} is a ${container === "map" ? "Map" : "Set"}, which JSON does not have; use an object or an array`,
    );
}
