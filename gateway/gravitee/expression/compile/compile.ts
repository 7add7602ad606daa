import { failAt } from "../errors/Fault";
import type { Prepared } from "../functions/BuiltIn";
import { FUNCTIONS } from "../functions/FUNCTIONS";
import type { Node } from "../syntax/Node";
import { TemplateError } from "../errors/TemplateError";
import { admit, ownValue } from "../values/admit";
import { sizeOf } from "../values/sizeOf";
import { toBoolean } from "../values/toBoolean";
import type { Value } from "../values/Value";
import { compileCollection } from "./compileCollection";
import { compileLink } from "./compileLink";
import { compileNew, compileStatic } from "./compileClass";
import { compileRow, compileUnary } from "./compileRow";
import type { Frame, Place, Run } from "../scope/Frame";
import { atParse, placed } from "./placed";
import { toArgumentCount } from "./toArgumentCount";

/** Compiles a node to a function that evaluates it. */
export function compile(node: Node, place: Place): Run {
  switch (node.kind) {
    case "literal": {
      const { value } = node;
      return () => value;
    }
    case "variable":
      return compileVariable(node.name);
    case "self":
      return ({ self }) => self;
    case "call":
      return compileCall(node, place);
    case "type":
      throw new TemplateError(
        `T(${node.name}) is a class; call one of its methods, for example T(Math).max(1, 2)`,
        { text: place.text, offset: node.at },
      );
    case "new":
      return compileNew(node, { place, compile });
    case "path":
      return compilePath(node, place);
    case "row":
      return compileRow(node, { place, compile });
    case "unary":
      return compileUnary(node, { place, compile });
    case "list":
    case "map":
      return compileCollection(node, { place, compile });
    default:
      return compileChoice(node, place);
  }
}

/** Steps of any call of a function, in addition to the sizes of its arguments. */
const CALL = 256;
const PER_UNIT = 1 / 16;

type NodeOf<Kind extends Node["kind"]> = Extract<Node, { kind: Kind }>;

function compileVariable(name: string): Run {
  if (name === "root") return () => null;
  return ({ scope: { variables } }) => admit(ownValue(variables, name));
}

function compilePath(node: NodeOf<"path">, place: Place): Run {
  const { start } = node;
  const compiling = { place, compile };
  const isStatic = start.kind === "type";
  const run = isStatic
    ? compileStatic(start, { link: node.links[0], compiling })
    : compile(start, place);
  // A loop, so that a long path does not overflow the stack.
  const nexts = node.links
    .slice(isStatic ? 1 : 0)
    .map((link) => compileLink(link, compiling));
  return (frame) => {
    let value = run(frame);
    for (const next of nexts) value = next(value, frame);
    return value;
  };
}

function compileCall(node: NodeOf<"call">, place: Place): Run {
  const { at } = node;
  const known = FUNCTIONS.get(node.name);
  const refuse = (reason: string): never => {
    throw new TemplateError(reason, { text: place.text, offset: at });
  };
  if (!known)
    return refuse(
      `unknown function #${node.name}; the functions are ${[...FUNCTIONS.keys()].map((name) => `#${name}`).join(", ")}`,
    );
  const { length } = node.args;
  if (length < known.least || length > known.most)
    return refuse(
      `#${node.name} cannot be called with ${toArgumentCount(length)}; use ${known.usage}`,
    );
  const args = node.args.map((arg) => compile(arg, place));
  const literals = node.args.map((arg) =>
    arg.kind === "literal" ? arg.value : undefined,
  );
  const prepared = atParse(() => known.prepare(literals), refuse);
  return (frame) =>
    placed(at, () =>
      callFunction(
        prepared,
        args.map((arg) => arg(frame)),
        frame,
      ),
    );
}

/**
 * Calls a function. The sizes of its arguments are counted first: comparing a document with the one that was parsed last. What
 * a function reads beyond that, it counts itself.
 */
function callFunction(
  prepared: Prepared,
  args: readonly Value[],
  frame: Frame,
): Value {
  let steps = CALL;
  for (const arg of args) steps += PER_UNIT * sizeOf(arg);
  frame.meter.charge(steps);
  return prepared(args, frame);
}

function compileChoice(
  node: NodeOf<"all" | "any" | "ternary" | "elvis">,
  place: Place,
): Run {
  if (node.kind === "ternary") {
    const test = compileTest(node.test, place);
    const [yes, no] = [compile(node.yes, place), compile(node.no, place)];
    return (frame) => (test(frame) ? yes(frame) : no(frame));
  }
  if (node.kind === "elvis") {
    const [value, otherwise] = [
      compile(node.value, place),
      compile(node.otherwise, place),
    ];
    return (frame) => {
      const first = value(frame);
      return first === null || first === "" ? otherwise(frame) : first;
    };
  }
  const tests = node.parts.map((part) => compileTest(part, place));
  return node.kind === "all"
    ? (frame) => tests.every((test) => test(frame))
    : (frame) => tests.some((test) => test(frame));
}

/** Compiles a part whose value must be a boolean. */
function compileTest(
  node: Node,
  place: Place,
): (frame: Parameters<Run>[0]) => boolean {
  const run = compile(node, place);
  return (frame) => {
    const value = toBoolean(run(frame), frame.meter);
    return value ?? failAt(node.at, "null cannot be converted to a boolean");
  };
}
