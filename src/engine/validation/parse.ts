import { types } from "node:util";
import type { ValidationError } from "class-validator";
import {
  fieldsOf,
  isValid,
  itemClassesOf,
  nullMessagesOf,
  designTypeOf,
  loadValidator,
  type EntityClass,
} from "../../../domain/decorators";
import { Function as LambdaFunction } from "../../../domain";
import { InvalidInputError, type Issue } from "../../errors";
import { copyKnownFields } from "./copyKnownFields";
import { isPlainObject } from "../text/isPlainObject";
import { describeType } from "../text/describeType";
import { isParsed } from "./parsedMark";
import { toSentence, describeIssues } from "../text/toSentence";

/** For whom something is read, and what is said where it cannot be used. */
export interface InputErrorContext {
  readonly operation: string;
  readonly execution?: "did-not-run" | undefined;
  /** What came of it. Absent: the request was not sent. */
  readonly outcome?: string;
  /** What led to it. Absent: the caller alone. */
  readonly cause?: Error | undefined;
}

/** What is read, and for whom. */
export interface ParseTarget<Request extends object> extends InputErrorContext {
  readonly request: EntityClass<Request>;
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
  reading: ParseTarget<Request>,
): Request {
  if (isParsed(input, reading.request)) return input;
  const issues: Issue[] = [];
  // `undefined` stands for an empty request; `null` stays what it is, and is refused.
  const parsed = readSafely(input === undefined ? {} : input, {
    entity: reading.request,
    issues,
  });
  throwIfInvalid(issues, reading);
  return parsed as Request;
}

/** A proxy may throw wherever it is touched, and an imitated `Date` when it is asked for its time. */
function readSafely(input: unknown, place: ReadContext): object | undefined {
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
export function throwIfInvalid(
  issues: readonly Issue[],
  refusal: InputErrorContext,
): void {
  if (issues.length === 0) return;
  const { operation, execution, cause } = refusal;
  const { outcome = "the request was not sent" } = refusal;
  throw new InvalidInputError({
    operation,
    message: toSentence(`${operation}: ${outcome}: ${describeIssues(issues)}`),
    retryable: false,
    execution,
    cause,
    issues,
  });
}

interface ReadContext {
  readonly entity: EntityClass;
  readonly issues: Issue[];
  readonly path?: string;
}

function readEntity(input: unknown, place: ReadContext): object | undefined {
  const { entity, issues, path } = place;
  if (!isPlain(input, entity)) {
    const what = path ?? "the request";
    issues.push({
      path: path ?? "",
      rule: "object",
      message: `${what} takes an object with named fields, not ${describeType(input)}${remedyFor(input, entity)}`,
    });
    return undefined;
  }
  const fields = fieldsOf(entity);
  const items = itemClassesOf(entity);
  const what = path === undefined ? "request" : "object";
  const known = copyKnownFields(input, {
    what,
    fields,
    issues,
    ...(path !== undefined && { path }),
  });
  const parsed = new entity();
  for (const [field, given] of Object.entries(known)) {
    if (given === null && field !== "payload") {
      issues.push(...nullIssues(field, place));
      continue;
    }
    const value = normalize(given, { entity, field });
    (parsed as Record<string, unknown>)[field] = items.has(field)
      ? readItems(value, { ...place, path: at(path, field) }, field)
      : value;
  }
  if (isValid(parsed, entity)) return parsed;
  const rank = (error: ValidationError): number =>
    fields.indexOf(error.property);
  const errors = loadValidator().validateSync(parsed, RULES);
  for (const error of errors.sort((a, b) => rank(a) - rank(b)))
    if (!issues.some((issue) => issue.path === at(path, error.property)))
      issues.push(
        ...(known[error.property] == null
          ? [missing(at(path, error.property))]
          : toIssues(error, path).slice(-1)),
      );
  return parsed;
}

/** `null` is absent, unless absence means too much to come about by a slip. */
function nullIssues(field: string, { entity, path }: ReadContext): Issue[] {
  const message = nullMessagesOf(entity).get(field);
  if (message === undefined) return [];
  return [{ path: at(path, field), rule: "null", message }];
}

function missing(path: string): Issue {
  return { path, rule: "required", message: `${path} is required` };
}

/**
 * A value as it was meant: a boxed text, number or boolean is none, as it answers differently to different questions; a
 * date may be given as the ISO text that JSON makes of it.
 */
function normalize(
  given: unknown,
  { entity, field }: { entity: EntityClass; field: string },
): unknown {
  if (field === "payload") return given;
  if (types.isBoxedPrimitive(given)) return Symbol("boxed");
  if (typeof given !== "string" || !ISO_TIME.test(given)) return given;
  return designTypeOf(entity, field) === Date ? new Date(given) : given;
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;

/** Lists of entities are read one by one; everything else stays as it came. */
function readItems(value: unknown, place: ReadContext, field: string): unknown {
  const item = itemClassesOf(place.entity).get(field)?.();
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

/** All of them: decorators are applied from below, and the rule that is told is the one that is written first. */
const RULES = {
  forbidUnknownValues: false,
  validationError: { target: false, value: false },
};

/** What class-validator found, as issues; never the value. */
export function toIssues(error: ValidationError, parent?: string): Issue[] {
  const isIndex = /^\d+$/.test(error.property);
  const path = isIndex
    ? `${parent ?? ""}[${error.property}]`
    : at(parent, error.property);
  const own = Object.entries(error.constraints ?? {}).map(
    ([rule, message]) => ({
      path,
      rule,
      message: placed(message, { property: error.property, path }),
    }),
  );
  const nested = (error.children ?? []).flatMap((child) =>
    toIssues(child, path),
  );
  return [...own, ...nested];
}

/** A rule speaks of its property; where that stands deeper, the message says where. */
function placed(
  message: string,
  { property, path }: { property: string; path: string },
): string {
  if (path === property) return message;
  return message.startsWith(`${property} `)
    ? `${path}${message.slice(property.length)}`
    : `${path}: ${message}`;
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

/** A function out of a list is no request: which of its versions is meant, its name alone does not say. */
function remedyFor(input: unknown, entity: EntityClass): string {
  const isFunction = input instanceof LambdaFunction;
  const wantsFunction = entity.prototype instanceof LambdaFunction;
  return isFunction && wantsFunction
    ? "; give { functionName } of it, and qualifier where one version is meant"
    : "";
}
