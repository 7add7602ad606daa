import { classOf } from "../classes/CLASSES";
import type { JavaClass } from "../members/JavaClass";
import type { Method } from "../members/Method";
import type { Link, Node } from "../syntax/Node";
import { TemplateError } from "../errors/TemplateError";
import type { Compiling, Run } from "../scope/Frame";
import { atParse, placed } from "./placed";
import { toArgumentCount } from "./toArgumentCount";

/** Compiles `new class(…)`. */
export function compileNew(
  { name, args, at }: Extract<Node, { kind: "new" }>,
  compiling: Compiling,
): Run {
  const refuse = refuseAt(compiling, at);
  const { construct } = atParse(() => classOf(name), refuse);
  if (!construct) return refuse(`${name} cannot be created with new`);
  return compileStaticCall(construct, {
    what: `new ${name}`,
    args,
    at,
    compiling,
  });
}

/** Compiles `T(class).method(…)` and `T(class).CONSTANT`. */
export function compileStatic(
  { name, at }: Extract<Node, { kind: "type" }>,
  { link, compiling }: { link: Link | undefined; compiling: Compiling },
): Run {
  const java = atParse(() => classOf(name), refuseAt(compiling, at));
  if (link?.kind === "property")
    return compileConstant(java, { link, compiling });
  const refuse = refuseAt(compiling, link?.at ?? at);
  if (link?.kind !== "method")
    return refuse(`T(${name}) is a class; call one of its methods`);
  const method = java.statics?.get(link.name);
  if (!method)
    return refuse(
      `${name} has no static method ${link.name}; it has ${[...(java.statics?.keys() ?? [])].join(", ") || "none"}`,
    );
  const what = `${name}.${link.name}`;
  return compileStaticCall(method, {
    what,
    args: link.args,
    at: link.at,
    compiling,
  });
}

function compileConstant(
  java: JavaClass,
  {
    link,
    compiling,
  }: { link: Extract<Link, { kind: "property" }>; compiling: Compiling },
): Run {
  const { constants = {} } = java;
  const value = Object.hasOwn(constants, link.name)
    ? constants[link.name]
    : undefined;
  const getter = getterOf(java, link.name);
  if (value === undefined && getter)
    return compileStaticCall(getter, {
      what: `${java.name}.${link.name}`,
      args: [],
      at: link.at,
      compiling,
    });
  if (value === undefined)
    return refuseAt(
      compiling,
      link.at,
    )(`${java.name} has no constant ${link.name}`);
  return () => value;
}

/** The getter of a property of a class: `T(Base64).encoder` calls `T(Base64).getEncoder()`. */
function getterOf(
  { statics }: JavaClass,
  property: string,
): Method<null> | undefined {
  const suffix = property.charAt(0).toUpperCase() + property.slice(1);
  const getter = statics?.get(`get${suffix}`);
  return getter?.accepts(0) ? getter : undefined;
}

function compileStaticCall(
  method: Method<null>,
  {
    what,
    args,
    at,
    compiling,
  }: {
    what: string;
    args: readonly Node[];
    at: number;
    compiling: Compiling;
  },
): Run {
  if (!method.accepts(args.length))
    return refuseAt(
      compiling,
      at,
    )(`${what} cannot be called with ${toArgumentCount(args.length)}`);
  const runs = args.map((arg) => compiling.compile(arg, compiling.place));
  return (frame) => {
    const given = runs.map((run) => run(frame));
    return placed(at, () => method.call(null, given, frame.meter));
  };
}

function refuseAt(
  { place }: Compiling,
  offset: number,
): (reason: string) => never {
  return (reason) => {
    throw new TemplateError(reason, { text: place.text, offset });
  };
}
