import { join, resolve } from "node:path";
import * as ts from "typescript";
import manifest from "../../package.json";

// The compiler takes its time.
jest.setTimeout(120_000);

const ROOT = resolve(__dirname, "../..");

/** Types that a caller receives or that another project specifies, which are also reached from a parameter. */
const NOT_OPTIONS: readonly (readonly [RegExp, string])[] = [
  [/^(Batch|Typed)Outcome\./, "a result that tests may create"],
  [/^OperationTrace\./, "a message of a diagnostics channel"],
  [/^StandardSchema\b/, "specified by Standard Schema"],
  [
    /^(Settings|ResolvedSettings|RoleSettings|AssumeRoleParameters)\./,
    "internal: what is read from a connection",
  ],
  [/^(|CallExecution|PolicyErrorOptions|SidecarErrorDefinition)\./, "internal"],
];

const program = ts.createProgram(
  Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === "string" ? [] : join(ROOT, entry.types),
  ),
  {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
  },
);
const checker = program.getTypeChecker();

const exported = new Set(
  program.getRootFileNames().flatMap((file) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    return module ? checker.getExportsOfModule(module).map(resolveAlias) : [];
  }),
);

function resolveAlias(symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias
    ? checker.getAliasedSymbol(symbol)
    : symbol;
}

/** Finds the types that a caller passes: those of parameters, and of what callbacks return. */
class InputTypes {
  /** Optional properties that refuse `undefined`. */
  readonly strict = new Set<string>();
  /** All optional properties. */
  readonly optional = new Set<string>();
  readonly #seen = new Set<ts.Type>();

  /** Adds the parameters of an exported function or class, and of its methods. */
  addCallable(symbol: ts.Symbol): void {
    const type = checker.getTypeOfSymbol(symbol);
    this.#addParameters(type);
    for (const signature of type.getConstructSignatures())
      for (const member of signature.getReturnType().getProperties())
        this.#addParameters(checker.getTypeOfSymbol(member));
  }

  /** Adds the parameters of the methods of an exported interface. */
  addMethods(symbol: ts.Symbol): void {
    for (const member of checker
      .getDeclaredTypeOfSymbol(symbol)
      .getProperties())
      if (member.flags & ts.SymbolFlags.Method)
        this.#addParameters(checker.getTypeOfSymbol(member));
  }

  #addParameters(type: ts.Type): void {
    for (const signature of [
      ...type.getCallSignatures(),
      ...type.getConstructSignatures(),
    ])
      for (const parameter of signature.parameters)
        this.#add(checker.getTypeOfSymbol(parameter));
  }

  #add(type: ts.Type): void {
    if (this.#seen.has(type)) return;
    this.#seen.add(type);
    if (type.isUnionOrIntersection())
      for (const part of type.types) this.#add(part);
    if (checker.isArrayType(type) || checker.isTupleType(type))
      for (const item of checker.getTypeArguments(type as ts.TypeReference))
        this.#add(item);
    for (const { type: value } of checker.getIndexInfosOfType(type))
      this.#add(value);
    for (const signature of type.getCallSignatures())
      this.#add(
        checker.getAwaitedType(signature.getReturnType()) ??
          signature.getReturnType(),
      );
    if (!type.isUnion())
      for (const property of type.getProperties()) this.#addProperty(property);
  }

  #addProperty(property: ts.Symbol): void {
    const [declaration] = property.declarations ?? [];
    if (!declaration || !ts.isPropertySignature(declaration)) return;
    if (!declaration.getSourceFile().fileName.startsWith(join(ROOT, "dist")))
      return;
    const owner = declaration.parent;
    // A mapped type such as `Input<Connection>` maps an interface that callers use too.
    if (ts.isInterfaceDeclaration(owner))
      this.#add(checker.getTypeAtLocation(owner));
    this.#add(checker.getTypeOfSymbol(property));
    const name = nameOf(declaration);
    if (!declaration.questionToken) return;
    const type = checker.getTypeAtLocation(declaration);
    this.optional.add(name);
    if (!accepts(type)) this.strict.add(name);
  }
}

/** The name of a property, with that of the type that declares it. */
function nameOf(property: ts.PropertySignature): string {
  const owner = ts.findAncestor<
    ts.InterfaceDeclaration | ts.TypeAliasDeclaration
  >(
    property,
    (node): node is ts.InterfaceDeclaration | ts.TypeAliasDeclaration =>
      ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node),
  );
  return `${owner?.name.text ?? ""}.${property.name.getText()}`;
}

/** Whether an optional property can be passed as `undefined`. `never` forbids the property. */
function accepts(type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type];
  const values = parts.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined));
  return (
    values.length === 0 ||
    values.some(
      ({ flags }) => flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown),
    ) ||
    parts.some(
      (part) => checker.typeToString(part) === "undefined" && !isMissing(part),
    )
  );
}

/** The type that `exactOptionalPropertyTypes` gives to a property that is not there. */
function isMissing(type: ts.Type): boolean {
  return (
    (type as { debugIntrinsicName?: string }).debugIntrinsicName === "missing"
  );
}

const inputs = new InputTypes();
for (const symbol of exported) {
  if (symbol.flags & ts.SymbolFlags.Value) inputs.addCallable(symbol);
  if (symbol.flags & ts.SymbolFlags.Type) inputs.addMethods(symbol);
}

describe("the optional properties of options", () => {
  it("are found in all entry points", () => {
    expect([...inputs.optional]).toEqual(
      expect.arrayContaining([
        "CallOptions.signal",
        "Connection.region",
        "BatchOptions.onProgress",
        "LocalAwsOptions.users",
        "RouteOptions.origin",
        "SidecarOptions.onFailure",
        "PolicyOptions.failSafe",
      ]),
    );
  });

  it("accept undefined under exactOptionalPropertyTypes", () => {
    const refused = [...inputs.strict].filter(
      (name) => !NOT_OPTIONS.some(([pattern]) => pattern.test(name)),
    );

    expect(refused).toEqual([]);
  });
});
