import { types } from "node:util";
import type { ValidationError } from "class-validator";
import {
  fieldsOf,
  isSound,
  itemsOf,
  typeOf,
  loadValidator,
  type EntityClass,
} from "../../domain/decorators";
import { InvalidInputError, type Issue } from "../errors";
import { copyKnown } from "./copyKnown";
import { isPlainObject } from "./isPlainObject";

/** What is read, and for whom. */
export interface Reading<Request extends object> {
  readonly request: EntityClass<Request>;
  readonly operation: string;
  readonly execution?: "did-not-run" | undefined;
}

/**
 * Makes a valid request of what the caller gave, a plain object or an instance; the caller's own object stays as it is.
 * `null` counts as absent but for the payload, of which it is a value. No value is looked into that has no rules: a
 * payload goes through by reference.
 *
 * @throws `ERR_INVALID_INPUT` with every broken rule.
 */
export function parse<Request extends object>(
  input: unknown,
  reading: Reading<Request>,
): Request {
  const issues: Issue[] = [];
  // `undefined` stands for an empty request; `null` stays what it is, and is refused.
  const parsed = tryRead(input === undefined ? {} : input, {
    entity: reading.request,
    issues,
  });
  refuse(issues, reading);
  return parsed as Request;
}

/** A proxy may throw wherever it is touched, and an imitated `Date` when it is asked for its time. */
function tryRead(input: unknown, place: Place): object | undefined {
  try {
    return readEntity(input, place);
  } catch {
    place.issues.push({
      path: "",
      rule: "readable",
      message:
        "the request could not be read: something in it threw; give plain values",
    });
    return undefined;
  }
}

/**
 * Throws what has been found, if anything.
 *
 * @throws `ERR_INVALID_INPUT` unless `issues` is empty.
 */
export function refuse(
  issues: readonly Issue[],
  reading: Omit<Reading<object>, "request">,
): void {
  if (issues.length === 0) return;
  const { operation, execution } = reading;
  const told = issues.map(({ message }) => message).join("; ");
  throw new InvalidInputError({
    operation,
    message: `${operation}: the request was not sent: ${told}.`,
    retryable: false,
    execution,
    issues,
  });
}

interface Place {
  readonly entity: EntityClass;
  readonly issues: Issue[];
  readonly path?: string;
}

function readEntity(input: unknown, place: Place): object | undefined {
  const { entity, issues, path } = place;
  if (!isPlain(input, entity)) {
    const what = path ?? "the request";
    issues.push({
      path: path ?? "",
      rule: "object",
      message: `${what} takes an object with named fields, not ${kindOf(input)}`,
    });
    return undefined;
  }
  const fields = fieldsOf(entity);
  const items = itemsOf(entity);
  const what = path === undefined ? "request" : "object";
  const known = copyKnown(input, {
    what,
    fields,
    issues,
    ...(path !== undefined && { path }),
  });
  const parsed = new entity();
  for (const [field, given] of Object.entries(known)) {
    if (given === null && field !== "payload") continue;
    const value = plainly(given, { entity, field });
    (parsed as Record<string, unknown>)[field] = items.has(field)
      ? readItems(value, { ...place, path: at(path, field) }, field)
      : value;
  }
  if (isSound(parsed, entity)) return parsed;
  const rank = (error: ValidationError): number =>
    fields.indexOf(error.property);
  const errors = loadValidator().validateSync(parsed, RULES);
  for (const error of errors.sort((a, b) => rank(a) - rank(b)))
    if (!issues.some((issue) => issue.path === at(path, error.property)))
      issues.push(
        ...(known[error.property] == null
          ? [missing(at(path, error.property))]
          : toIssues(error, path)),
      );
  return parsed;
}

function missing(path: string): Issue {
  return { path, rule: "required", message: `${path} is required` };
}

/**
 * A value as it was meant: a boxed text, number or boolean is none, as it answers differently to different questions; a
 * date may be given as the ISO text that JSON makes of it.
 */
function plainly(
  given: unknown,
  { entity, field }: { entity: EntityClass; field: string },
): unknown {
  if (field === "payload") return given;
  if (types.isBoxedPrimitive(given)) return Symbol("boxed");
  if (typeof given !== "string" || !ISO_TIME.test(given)) return given;
  return typeOf(entity, field) === Date ? new Date(given) : given;
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;

/** Lists of entities are read one by one; everything else stays as it came. */
function readItems(value: unknown, place: Place, field: string): unknown {
  const item = itemsOf(place.entity).get(field)?.();
  if (!item || !Array.isArray(value)) return value;
  return value.map(
    (each: unknown, index) =>
      readEntity(each, {
        entity: item,
        issues: place.issues,
        path: `${place.path ?? field}[${index}]`,
      }) ?? new item(),
  );
}

const RULES = {
  forbidUnknownValues: false,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
};

/** What class-validator found, as issues; never the value. */
export function toIssues(error: ValidationError, parent?: string): Issue[] {
  const isIndex = /^\d+$/.test(error.property);
  const path = isIndex
    ? `${parent ?? ""}[${error.property}]`
    : at(parent, error.property);
  const own = Object.entries(error.constraints ?? {}).map(
    ([rule, message]) => ({ path, rule, message }),
  );
  const nested = (error.children ?? []).flatMap((child) =>
    toIssues(child, path),
  );
  return [...own, ...nested];
}

function at(parent: string | undefined, field: string): string {
  return parent === undefined ? field : `${parent}.${field}`;
}

/** A plain object, or an instance of the class, of one that it extends, or of one that extends it. */
function isPlain(input: unknown, entity: EntityClass): input is object {
  if (typeof input !== "object" || input === null) return false;
  try {
    if (input instanceof entity) return true;
    if (isPlainObject(input)) return true;
    return Object.prototype.isPrototypeOf.call(
      Object.getPrototypeOf(input) as object,
      entity.prototype as object,
    );
  } catch {
    return false;
  }
}

function kindOf(input: unknown): string {
  if (input === null) return "null";
  if (Array.isArray(input)) return "a list";
  if (typeof input === "object") return "an object of another class";
  return typeof input === "string" ? "a text" : `a ${typeof input}`;
}
