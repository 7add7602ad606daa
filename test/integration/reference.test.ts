import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { inflateSync } from "node:zlib";
import * as operations from "../../operations";
import { EXAMPLES, ROOT } from "./pages";

const NAMES = Object.keys(operations).filter(
  (name) => `${name}Request` in operations,
) as "ListFunctions"[];

/** An element of the navigation. */
interface NavigationItem {
  readonly text: string;
  readonly path?: string;
  readonly children?: readonly NavigationItem[];
}

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "reference-"));
  const typedoc = join(ROOT, "node_modules/typedoc/bin/typedoc");
  execFileSync(process.execPath, [typedoc, "--out", folder], {
    cwd: ROOT,
    stdio: "pipe",
  });
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The content of a page, without its navigation. */
function contentOf(page: string): string {
  const html = readFileSync(join(folder, page), "utf8");
  return html.slice(
    html.indexOf('<div class="col-content">'),
    html.indexOf('<div class="col-sidebar">'),
  );
}

/** The texts of all elements that the pattern's first group contains. */
function textsOf(html: string, pattern: RegExp): string[] {
  return [...html.matchAll(pattern)].map(([, text = ""]) =>
    text.replace(/<[^>]*>/g, "").trim(),
  );
}

function pagesIn(kind: string): string[] {
  return readdirSync(join(folder, kind)).map((file) => `${kind}/${file}`);
}

/** All pages that are not about an operation. */
function entityPages(): string[] {
  const own = NAMES.map((name) => `classes/operations.${name}.html`);
  return [...pagesIn("classes"), ...pagesIn("interfaces")].filter(
    (page) => !own.includes(page),
  );
}

function readNavigation(): NavigationItem[] {
  const script = readFileSync(join(folder, "assets/navigation.js"), "utf8");
  const [, data = ""] = /"(.*)"/.exec(script) ?? [];
  return JSON.parse(
    inflateSync(Buffer.from(data, "base64")).toString(),
  ) as NavigationItem[];
}

describe("the page of an operation", () => {
  it.each(NAMES)(
    "%s has what it does, its signature, an example, errors and IAM actions first",
    (name) => {
      const content = contentOf(`classes/operations.${name}.html`);
      const sections = textsOf(content, /<h2[^>]*>(.*?)<\/h2>/gs).map((title) =>
        title.replace(/^Examples$/, "Example"),
      );

      expect(sections.slice(0, 4)).toEqual([
        "Signature",
        "Example",
        "Errors",
        "IAM actions",
      ]);
      expect(sections.slice(-3)).toEqual([
        "See also",
        "Constructor",
        "Properties",
      ]);
      const [start, signature, hierarchy] = [
        content.indexOf("<p>"),
        content.indexOf(">Signature<"),
        content.indexOf(">Hierarchy"),
      ];
      expect(start).toBeLessThan(signature);
      expect(hierarchy).toBeGreaterThan(content.indexOf(">Properties<"));
      expect(content.slice(signature).replace(/<[^>]*>/g, "")).toMatch(
        /^>Signature\s*execute/,
      );
    },
  );

  it.each(NAMES)("%s lists its IAM actions", (name) => {
    const content = contentOf(`classes/operations.${name}.html`);
    const section = content.slice(
      content.indexOf(">IAM actions<"),
      content.indexOf(">See also<"),
    );

    for (const action of new operations[name]({ region: "eu-central-1" })
      .permissions)
      expect(section).toContain(`<code>${action}</code>`);
  });
});

describe("the page of an entity", () => {
  it("has each property once", () => {
    for (const page of entityPages()) {
      const content = contentOf(page);
      const names = textsOf(
        content,
        /<section class="[^"]*\bfield\b[^"]*">\s*<h3[^>]*>\s*<span>(.*?)<\/span>/gs,
      );

      expect([page, new Set(names).size]).toEqual([page, names.length]);
      expect(content).not.toContain("tsd-index-panel");
    }
  });

  it("has its hierarchy last", () => {
    for (const page of entityPages()) {
      const content = contentOf(page);
      const hierarchy = content.indexOf('class="tsd-panel tsd-hierarchy"');
      if (hierarchy === -1) continue;
      expect([page, content.slice(hierarchy).includes("<h3")]).toEqual([
        page,
        false,
      ]);
    }
  });
});

describe("the page of a connector's methods", () => {
  it("has the parameters, errors and examples of all operations and their members", () => {
    const content = contentOf(
      "interfaces/aws-lambda-connector.OperationMethods.html",
    );
    const methods = content
      .split('<section class="tsd-panel tsd-member')
      .slice(1);
    const titles = methods.map(
      (method) => textsOf(method, /<h3[^>]*>(.*?)<\/h3>/gs)[0],
    );

    expect(titles).toEqual(
      expect.arrayContaining([
        ...NAMES.map((name) => name.charAt(0).toLowerCase() + name.slice(1)),
        "invokeMany.stream",
        "listFunctions.stream",
        "listFunctions.page",
        "getDefaultCredentials.provider",
      ]),
    );
    for (const [index, method] of methods.entries()) {
      expect([titles[index], method.includes(">Errors<")]).toEqual([
        titles[index],
        true,
      ]);
      expect([titles[index], method.includes(">Parameters<")]).toEqual([
        titles[index],
        true,
      ]);
      expect([titles[index], method.includes(">Example<")]).toEqual([
        titles[index],
        true,
      ]);
    }
  });

  it("is linked for each method on the connector's page", () => {
    const content = contentOf("interfaces/aws-lambda-connector.Connector.html");

    for (const name of NAMES)
      expect(content).toContain(
        `aws-lambda-connector.OperationMethods.html#${name.toLowerCase()}"`,
      );
    expect(content).not.toContain("OperationMethods.html#undefined");
  });
});

describe("the page of an entry point", () => {
  it("has groups with one sentence for each name", () => {
    for (const page of pagesIn("modules")) {
      const content = contentOf(page);

      expect([page, textsOf(content, /<h2[^>]*>(.*?)<\/h2>/gs)]).not.toEqual([
        page,
        [],
      ]);
      for (const [, id = "", summary = ""] of content.matchAll(
        /<dt[^>]* id="([^"]*)".*?<dd[^>]*>(.*?)<\/dd>/gs,
      ))
        expect([page, id, summary.replace(/<[^>]*>/g, "").trim()]).toEqual([
          page,
          id,
          expect.stringMatching(/^\S[^]{5,240}$/),
        ]);
    }
  });
});

describe("the landing page", () => {
  it("has the search first, then pages for each kind of reader and all operations", () => {
    const content = contentOf("index.html");
    const order = [
      'class="search-first"',
      ">Which page do I need?",
      ">Application developers",
      ">Low-code builders",
      ">Gateway operators",
      'id="operations"',
    ].map((mark) => content.indexOf(mark));

    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    for (const name of NAMES)
      expect(content).toContain(`href="classes/operations.${name}.html"`);
  });

  it("has no link to a missing page", () => {
    for (const page of ["index.html", ...pagesIn("documents")])
      for (const [, target = ""] of contentOf(page).matchAll(
        /href="([^"#?]+)/g,
      ))
        if (!/^(https?|mailto):/.test(target))
          expect([
            page,
            target,
            existsSync(resolve(folder, dirname(page), target)),
          ]).toEqual([page, target, true]);
  });
});

describe("the navigation", () => {
  it("starts with guides, lists each guide once under its title, and ends with the project", () => {
    const sections = readNavigation();
    const guides = readdirSync(join(ROOT, "docs/guides"));
    const pages = sections.flatMap(({ children = [] }) =>
      children.filter(({ path }) => path?.startsWith("documents/")),
    );

    expect(sections[0]?.text).toBe("Get started");
    expect(sections.at(-1)?.text).toBe("The project");
    expect(pages).toHaveLength(guides.length + 4);
    for (const { text } of pages) expect(text).not.toMatch(/[/]|\.md/);
  });

  it("separates operations from their requests", () => {
    const operationsSection = readNavigation().find(
      ({ text }) => text === "Operations",
    );

    expect(operationsSection?.children?.map(({ text }) => text)).toEqual(NAMES);
  });
});

describe("the style of the reference", () => {
  const css = readFileSync(join(ROOT, "docs/reference.css"), "utf8");

  /** The declarations of all rules whose selectors contain one. */
  const rulesOf = (selector: string): string =>
    [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)]
      .filter(([, selectors = ""]) =>
        selectors.split(",").some((each) => each.trim().endsWith(selector)),
      )
      .map(([, , declarations]) => declarations)
      .join("");

  it.each([
    ".tsd-typography pre",
    ".tsd-typography table",
    ".tsd-signature",
    ".tsd-signatures",
    ".field-type",
  ])("scrolls %s instead of the page", (selector) => {
    expect(rulesOf(selector)).toContain("overflow-x: auto");
  });

  it("breaks long names in text, and not in tables", () => {
    expect(rulesOf(".col-content")).toContain("overflow-wrap: anywhere");
    expect(rulesOf(".tsd-typography td code")).toContain(
      "overflow-wrap: break-word",
    );
  });

  it("adds no space around inline code", () => {
    expect(rulesOf(".tsd-typography :not(pre) > code")).toMatch(
      /padding: 0;[^]*overflow-wrap: anywhere/,
    );
  });
});

describe("the examples of doc comments", () => {
  it("are formatted by Prettier at 80 columns", () => {
    const files = EXAMPLES.map(({ where, code }) => {
      const name = `${where.replace(/[/.:]/g, "-")}.ts`;
      const source = code.replace(/^```\w*\n|\n```$/g, "").trim();
      writeFileSync(join(folder, name), `${source}\n`);
      return name;
    });
    const prettier = join(ROOT, "node_modules/prettier/bin/prettier.cjs");
    const options = [
      "--list-different",
      "--no-config",
      "--ignore-path",
      "none",
    ];

    expect(
      execFileSync(process.execPath, [prettier, ...options, ...files], {
        cwd: folder,
        encoding: "utf8",
      }),
    ).toBe("");
  });
});
