import { types } from "node:util";
import {
  fieldsOf,
  findBrokenRules,
  hasRule,
  isValid,
  itemClassesOf,
  nullMessagesOf,
  undefinedMessagesOf,
  type EntityClass,
} from "../../../domain/decorators";
import { Function as LambdaFunction } from "../../../domain";
import { InvalidInputError, type Issue } from "../../errors";
import { captureFrames } from "../../errors/captureFrames";
import { copyKnownFields } from "./copyKnownFields";
import { isPlainObject } from "../text/isPlainObject";
import { describeType } from "../text/describeType";
import { NOT_IN_REQUEST, type Places } from "./misplacedFields";
import { isParsed } from "./parsedMark";
import { addPath, toPath } from "./toIssues";
import { toSentence, describeIssues } from "../text/toSentence";

/** What an invalid request led to, as a sentence. */
export const REQUEST_NOT_SENT = "The request was not sent.";

/** What an error about invalid input says besides the issues. */
export interface InputErrorContext {
  readonly operation: string;
  readonly execution?: "did-not-run" | undefined;
  /** What is invalid, as the beginning of a sentence, if the issues do not say it: `the contract of the function price is not valid`. */
  readonly subject?: string | undefined;
  /** What the issues led to, as a sentence at the end of the message. Defaults to "The request was not sent."; empty for none. */
  readonly outcome?: string;
  /** Optional; the error that led to the issues. */
  readonly cause?: Error | undefined;
}

/** The class that input is parsed into, and the context of errors. */
export interface ParseTarget<Request extends object> extends InputErrorContext {
  readonly request: EntityClass<Request>;
  /** Where fields belong that callers confuse with fields of the request. Defaults to those of requests that are sent. */
  readonly elsewhere?: Places | undefined;
}

/**
 * Validates a request, a plain object or an instance, and returns it as a new instance of the request's class. Does not
 * change the caller's object. `null` and `undefined` mean not set, except where a field rejects them, and for the payload,
 * where `null` is a value. Values without rules are
 * not inspected: a payload is passed on by reference.
 *
 * @throws `ERR_INVALID_INPUT` with one issue for each broken rule.
 */
export function parse<Request extends object>(
  input: unknown,
  target: ParseTarget<Request>,
): Request {
  if (isParsed(input, target.request)) return input;
  const issues: Issue[] = [];
  // `undefined` means an empty request; `null` is invalid.
  const parsed = readSafely(input === undefined ? {} : input, {
    entity: target.request,
    issues,
    elsewhere: target.elsewhere,
  });
  throwIfInvalid(issues, target);
  return parsed as Request;
}

/** Reads the input. A proxy can throw on any access, and an object that imitates a `Date` on any method call. */
function readSafely(input: unknown, context: ReadContext): object | undefined {
  try {
    return readEntity(input, context);
  } catch {
    context.issues.push({
      path: "",
      rule: "readable",
      message:
        "the request could not be read because a getter or proxy threw; pass plain values",
    });
    return undefined;
  }
}

/** Throws `ERR_INVALID_INPUT` with the issues, if there are any. */
export function throwIfInvalid(
  issues: readonly Issue[],
  context: InputErrorContext,
): void {
  if (issues.length === 0) return;
  const { operation, execution, cause, subject } = context;
  const { outcome = REQUEST_NOT_SENT } = context;
  const what = subject === undefined ? "" : `${subject}; `;
  const error = new InvalidInputError({
    operation,
    message: `${operation}: ${toSentence(what + describeIssues(issues))}${outcome && ` ${outcome}`}`,
    retryable: false,
    execution,
    cause,
    issues,
  });
  throw captureFrames(error, "node-do-not-add-exception-line");
}

/** The class that input is read into, and the issues found so far. */
export interface ReadContext {
  readonly entity: EntityClass;
  readonly issues: Issue[];
  /** Path of the input, for example `role[1]`. Missing for a request. */
  readonly path?: string;
  /** Where other fields belong. Defaults to `NOT_IN_REQUEST` for a request. */
  readonly elsewhere?: Places | undefined;
}

/**
 * Reads an object into a new instance of its class, and adds an issue for each broken rule. Returns `undefined` for
 * anything else. Throws if a proxy does.
 */
export function readEntity(
  input: unknown,
  context: ReadContext,
): object | undefined {
  const { entity, issues, path, elsewhere = NOT_IN_REQUEST } = context;
  if (!isEntityInput(input, entity)) {
    issues.push(toObjectIssue(input, context));
    return undefined;
  }
  const fields = fieldsOf(entity);
  const items = itemClassesOf(entity);
  const what = path === undefined ? "request" : "object";
  const known = copyKnownFields(input, {
    what,
    fields,
    issues,
    path,
    elsewhere: path === undefined ? () => elsewhere : undefined,
    refusesUndefined: () => undefinedMessagesOf(entity),
  });
  const parsed = new entity();
  for (const field of Object.keys(known)) {
    const given = known[field];
    if (given === null && field !== "payload") {
      issues.push(...nullIssues(field, context));
      continue;
    }
    const value = normalize(given, { entity, field });
    (parsed as Record<string, unknown>)[field] = items.has(field)
      ? readItems(value, { ...context, path: toPath(path, field) }, field)
      : value;
  }
  if (!isValid(parsed, entity))
    issues.push(...findRuleIssues(parsed, known, context));
  return parsed;
}

function toObjectIssue(input: unknown, { entity, path }: ReadContext): Issue {
  const message = `${path ?? "the request"} must be a plain object, not ${describeType(input)}${adviceFor(input, entity)}`;
  return { path: path ?? "", rule: "object", message };
}

/** The broken rules of an entity, in the order of its fields; none where there is an issue already. */
function findRuleIssues(
  parsed: object,
  known: Readonly<Record<string, unknown>>,
  { entity, issues, path: parent }: ReadContext,
): Issue[] {
  const fields = fieldsOf(entity);
  return [...findBrokenRules(parsed, entity)]
    .sort((a, b) => fields.indexOf(a.property) - fields.indexOf(b.property))
    .map(({ property, rule, message }) => {
      const path = toPath(parent, property);
      if (known[property] == null) return toRequiredIssue(path);
      return { path, rule, message: addPath(message, { property, path }) };
    })
    .filter(({ path }) => !issues.some((issue) => issue.path === path));
}

/** `null` means not set. It is an issue only for fields where a mistaken omission would be harmful. */
function nullIssues(field: string, { entity, path }: ReadContext): Issue[] {
  const message = nullMessagesOf(entity).get(field);
  if (message === undefined) return [];
  return [{ path: toPath(path, field), rule: "null", message }];
}

function toRequiredIssue(path: string): Issue {
  return { path, rule: "required", message: `${path} is required` };
}

/**
 * Normalizes a value before validation. A boxed string, number or boolean becomes a value that no rule accepts, because it
 * does not behave like the primitive. A date can be given as an ISO 8601 string, as in JSON.
 */
function normalize(
  given: unknown,
  { entity, field }: { entity: EntityClass; field: string },
): unknown {
  if (field === "payload") return given;
  if (typeof given === "object")
    return types.isBoxedPrimitive(given) ? Symbol("boxed") : given;
  if (typeof given !== "string" || !ISO_TIME.test(given)) return given;
  return hasRule(entity, { property: field, rule: "isDate" })
    ? new Date(given)
    : given;
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;

/** Reads the items of an array of entities. Returns any other value unchanged. */
function readItems(
  value: unknown,
  context: ReadContext,
  field: string,
): unknown {
  const itemClass = itemClassesOf(context.entity).get(field)?.();
  if (!itemClass || !Array.isArray(value)) return value;
  return value.map(
    (item: unknown, index) =>
      readEntity(item, {
        entity: itemClass,
        issues: context.issues,
        path: `${context.path ?? field}[${index}]`,
      }) ?? new itemClass(),
  );
}

/** Whether a value is a plain object or an instance of the class, a superclass or a subclass. */
function isEntityInput(input: unknown, entity: EntityClass): input is object {
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

/** A listed function is not a request: its name alone does not say which version is meant. */
function adviceFor(input: unknown, entity: EntityClass): string {
  const isFunction = input instanceof LambdaFunction;
  const expectsFunction = entity.prototype instanceof LambdaFunction;
  return isFunction && expectsFunction
    ? "; pass its functionName in a plain object, with qualifier for one version"
    : "";
}
