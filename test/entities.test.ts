import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as ts from "typescript";

const ROOT = resolve(__dirname, "..");

interface Property {
  readonly where: string;
  readonly caption: string | undefined;
  readonly comment: string;
  readonly isReadonly: boolean;
  readonly hasDefault: boolean;
}

const isOperation = (node: ts.ClassDeclaration): boolean =>
  node.heritageClauses?.some((clause) =>
    clause.getText().includes("Operation<"),
  ) ?? false;

function propertiesOf(file: string): Property[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const entities = source.statements
    .filter(ts.isClassDeclaration)
    .filter((node) => !isOperation(node));
  return entities.flatMap((entity) =>
    entity.members
      .filter(ts.isPropertyDeclaration)
      .filter((member) => !ts.isPrivateIdentifier(member.name))
      .map((member) => toProperty(member, entity.name?.text ?? file)),
  );
}

function toProperty(member: ts.PropertyDeclaration, entity: string): Property {
  const caption = ts
    .getDecorators(member)
    ?.map((decorator) => /^@Caption\("(.+)"\)$/.exec(decorator.getText())?.[1])
    .find((text) => text !== undefined);
  const docs = ts.getJSDocCommentsAndTags(member);
  return {
    where: `${entity}.${member.name.getText()}`,
    caption,
    comment: docs.map((doc) => doc.getText()).join(""),
    isReadonly:
      ts
        .getModifiers(member)
        ?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) ?? false,
    hasDefault: member.initializer !== undefined,
  };
}

const files = ["domain", "domain/configuration", "operations"].flatMap(
  (folder) =>
    readdirSync(join(ROOT, folder))
      .filter((file) => file.endsWith(".ts"))
      .map((file) => `${folder}/${file}`),
);
const properties = files.flatMap(propertiesOf);

describe("every entity property", () => {
  it("is found by this test", () => {
    const names = properties.map(({ where }) => where);

    expect(names).toEqual(
      expect.arrayContaining([
        "Function.functionName",
        "FunctionResponse.memorySize",
        "AssumeRoleInvokeRequest.externalIdKey",
        "VpcConfig.subnetIds",
      ]),
    );
  });

  it("has a caption for tools", () => {
    const without = properties.filter(({ caption }) => !caption);

    expect(without.map(({ where }) => where)).toEqual([]);
  });

  it("has a comment whose first sentence fits a tooltip", () => {
    const without = properties.filter(
      ({ comment }) => !/^\/\*\*\s+(\* )?\S[^]*[.:;]/.test(comment),
    );

    expect(without.map(({ where }) => where)).toEqual([]);
  });

  it("is read-only and has no default value", () => {
    const loose = properties.filter(
      ({ isReadonly, hasDefault }) => !isReadonly || hasDefault,
    );

    expect(loose.map(({ where }) => where)).toEqual([]);
  });
});
