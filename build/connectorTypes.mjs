// Writes the documented interface of a connector's methods into the published declarations. In the source, the methods'
// types are derived from the operation registry, and an editor shows a derived type without any documentation.
import { writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import prettier from "prettier";
import ts from "typescript";
import { composeComments, readComment } from "./methodComments.mjs";

const CONNECTOR = resolve("dist/src/Connector.d.ts");
const REGISTRY = resolve("dist/operations/index.d.ts");

/** Methods of an operation that are properties of the connector's method. */
const MEMBERS = ["stream", "page", "provider"];

/** Replaces the type `OperationMethods`, and what it is derived from, by an interface with the operations' documentation. */
export async function writeConnectorTypes() {
  const program = ts.createProgram([CONNECTOR, REGISTRY], {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
  });
  const context = createContext(program);
  const methods = context.operations.map((name) =>
    declareMethod(name, context),
  );
  const source = program.getSourceFile(CONNECTOR);
  const alias = source.statements.find(
    ({ name }) => name?.text === "OperationMethods",
  );
  const comment = ts.getJSDocCommentsAndTags(alias)[0].getText();
  const kept = source.statements.filter((each) => !isReplaced(each));
  const text = [
    ...context.writeImports(),
    ...kept.filter(ts.isImportDeclaration).map((each) => each.getText()),
    `${comment}\nexport interface OperationMethods {\n${methods.join("\n\n")}\n}`,
    ...kept
      .filter((each) => !ts.isImportDeclaration(each))
      .map((each) => each.getFullText().trim()),
  ].join("\n");
  writeFileSync(
    CONNECTOR,
    await prettier.format(text, { parser: "typescript", printWidth: 100 }),
  );
}

/** Whether a statement only serves to derive the methods' types. */
function isReplaced(statement) {
  if (ts.isImportDeclaration(statement))
    return statement.moduleSpecifier.text === "../operations";
  const isExported = statement.modifiers?.some(
    ({ kind }) => kind === ts.SyntaxKind.ExportKeyword,
  );
  return (
    ts.isTypeAliasDeclaration(statement) &&
    (!isExported || statement.name.text === "OperationMethods")
  );
}

/** What the declarations of all methods share: the operations, and the names to import. */
function createContext(program) {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(CONNECTOR);
  const registry = checker.getExportsOfModule(
    checker.getSymbolAtLocation(program.getSourceFile(REGISTRY)),
  );
  const operations = new Map(
    registry
      .map((symbol) => [symbol.name, originOf(symbol, checker)])
      .filter(([, { flags }]) => flags & ts.SymbolFlags.Class)
      .filter(([, symbol]) => {
        const type = checker.getDeclaredTypeOfSymbol(symbol);
        return ["permissions", "execute"].every((name) =>
          checker.getPropertyOfType(type, name),
        );
      }),
  );
  const own = new Set(
    source.statements
      .filter((each) => ts.isImportDeclaration(each) && !isReplaced(each))
      .flatMap(({ importClause }) =>
        importClause.namedBindings.elements.map(({ name }) => name.text),
      ),
  );
  const imported = new Map();
  return {
    checker,
    source,
    operations: [...operations.keys()],
    classOf: (name) => operations.get(name),
    isOperation: (name) => operations.has(name),
    /** Imports a type, unless it is global or imported already. */
    use(symbol) {
      const origin = originOf(symbol, checker);
      const file = origin.declarations?.[0]?.getSourceFile().fileName ?? "";
      if (origin.flags & ts.SymbolFlags.TypeParameter) return;
      if (!file.startsWith(resolve("dist")) || file === CONNECTOR) return;
      if (own.has(origin.name)) return;
      imported.set(file, (imported.get(file) ?? new Set()).add(origin.name));
    },
    writeImports: () =>
      [...imported].sort().map(([file, names]) => {
        const path = relative(dirname(CONNECTOR), file).replace(/\.d\.ts$/, "");
        const from = path.startsWith(".") ? path : `./${path}`;
        return `import type { ${[...names].sort().join(", ")} } from "${from}";`;
      }),
  };
}

function originOf(symbol, checker) {
  return symbol.flags & ts.SymbolFlags.Alias
    ? checker.getAliasedSymbol(symbol)
    : symbol;
}

/** The declaration of a connector's method, with its members. */
function declareMethod(operation, context) {
  const { checker } = context;
  const type = checker.getDeclaredTypeOfSymbol(context.classOf(operation));
  const names = MEMBERS.filter((name) => checker.getPropertyOfType(type, name));
  const shared = { operation, type, context, names };
  return declareFunction({
    ...shared,
    name: "execute",
    members: names.map((name) =>
      declareFunction({ ...shared, name, members: [] }),
    ),
  });
}

/**
 * A property with a call signature. Editors show the property's comment in completions, and the signature's comment while
 * arguments are typed and for the called method.
 */
function declareFunction({ operation, type, name, names, members, context }) {
  const { checker } = context;
  const property = checker.getPropertyOfType(type, name);
  const signatures = checker.getTypeOfSymbol(property).getCallSignatures();
  const method = methodName(operation);
  const comments = composeComments({
    method,
    member: name,
    members: names,
    operationComment: readComment(context.classOf(operation)),
    ownComment: readComment(property),
    parameters: parametersOf(signatures.at(-1), context),
    resolveLink: (target) =>
      resolveLink({ target, operation, property, context }),
  });
  return [
    comments.property,
    `readonly ${name === "execute" ? method : name}: {`,
    ...signatures.flatMap((signature) => [
      comments.signature,
      printSignature(signature, context),
    ]),
    ...members,
    "};",
  ].join("\n");
}

/** Prints a signature with its type arguments applied and its rest parameters expanded, and imports the types in it. */
function printSignature(signature, { checker, source, use }) {
  const node = checker.signatureToSignatureDeclaration(
    signature,
    ts.SyntaxKind.CallSignature,
    undefined,
    ts.NodeBuilderFlags.NoTruncation |
      ts.NodeBuilderFlags.UseAliasDefinedOutsideCurrentScope,
  );
  const visit = (child) => {
    if (ts.isIdentifier(child) && child.symbol) use(child.symbol);
    ts.forEachChild(child, visit);
  };
  visit(node);
  const text = ts
    .createPrinter()
    .printNode(ts.EmitHint.Unspecified, node, source);
  return text.replace(/(\w\?: [^,|]+) \| undefined(?=[,)])/g, "$1");
}

/** Names of the parameters, each with the description of its type. */
function parametersOf(signature, { checker }) {
  const [parameters] = checker.getExpandedParameters(signature);
  return parameters.map((parameter) => {
    const type = checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
    const entity = type.aliasTypeArguments?.[0] ?? type;
    const symbol = entity.aliasSymbol ?? entity.getSymbol();
    return { name: parameter.name, comment: symbol && readComment(symbol) };
  });
}

/** The text of a link in the interface: a method instead of an operation, and a name instead of a path. */
function resolveLink({ target, operation, property, context }) {
  const method = `OperationMethods.${methodName(operation)}`;
  if (target === "execute")
    return `{@link ${method} | ${methodName(operation)}}`;
  if (MEMBERS.includes(target)) return `\`${methodName(operation)}.${target}\``;
  const name = target.split("!").at(-1);
  if (context.isOperation(name))
    return `{@link OperationMethods.${methodName(name)} | ${methodName(name)}}`;
  const [scope, ...inner] = name.split(".");
  const found = [context.classOf(operation), property]
    .map(({ declarations }) =>
      context.checker.resolveName(
        scope,
        declarations[0],
        ts.SymbolFlags.All,
        false,
      ),
    )
    .find(Boolean);
  const symbol = found && originOf(found, context.checker);
  if (!symbol)
    throw new Error(
      `${operation}: the link to ${target} in its comment has no target.`,
    );
  context.use(symbol);
  return `{@link ${[symbol.name, ...inner].join(".")}}`;
}

function methodName(operation) {
  return operation.charAt(0).toLowerCase() + operation.slice(1);
}
