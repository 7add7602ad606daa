import fc from "fast-check";
import {
  parseRouteKey,
  type RoutePattern,
} from "../../../../gateway/route/router/RoutePattern";
import {
  RouteTable,
  type TableOptions,
} from "../../../../gateway/route/router/RouteTable";

const HTTP: TableOptions = {
  precedence: "http",
  caseSensitive: false,
  trailingSlash: "ignore",
  ambiguousPaths: "refuse",
  headMatchesGet: true,
};
const REST: TableOptions = { ...HTTP, precedence: "rest" };

function patternOf(key: string): RoutePattern {
  const pattern = parseRouteKey(key);
  if (typeof pattern === "string") throw new Error(`${key} ${pattern}`);
  return pattern;
}

function tableOf(keys: readonly string[], options: TableOptions = HTTP) {
  const table = new RouteTable<{ readonly pattern: RoutePattern }>(options);
  for (const key of keys) table.add({ pattern: patternOf(key) });
  return table;
}

/** The key of the route that a table finds, `ambiguous` or `none`. */
function find(
  request: string,
  keys: readonly string[],
  options: TableOptions = HTTP,
): string {
  const [method = "", path = ""] = request.split(" ");
  const finding = tableOf(keys, options).find({ method, path });
  return finding === "ambiguous"
    ? finding
    : (finding.entry?.pattern.key ?? "none");
}

describe("precedence of HTTP APIs", () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
  const documented = [
    "GET /pets/dog/1",
    "GET /pets/dog/{id}",
    "GET /pets/{proxy+}",
    "ANY /{proxy+}",
  ];

  it.each([
    ["GET /pets/dog/1", "GET /pets/dog/1"],
    ["GET /pets/dog/2", "GET /pets/dog/{id}"],
    ["GET /pets/cat/1", "GET /pets/{proxy+}"],
    ["POST /test/5", "ANY /{proxy+}"],
  ])("sends %s to %s, as AWS's example", (request, key) => {
    expect(find(request, documented)).toBe(key);
  });

  it.each([
    ["GET /a/b/c", ["GET /a/b/{rest+}", "GET /a/{x}/{y}"], "GET /a/{x}/{y}"],
    ["GET /a", ["ANY /a", "GET /a"], "GET /a"],
    ["GET /a", ["ANY /a", "GET /{x}"], "ANY /a"],
    ["PUT /a", ["GET /a", "PUT /{x}"], "PUT /{x}"],
    ["GET /a", ["GET /a/{rest+}"], "none"],
    ["GET /a/b", ["GET /{rest+}", "GET /a/{rest+}"], "GET /a/{rest+}"],
  ])("sends %s to the right route of %j", (request, keys, key) => {
    expect(find(request, keys)).toBe(key);
  });
});

describe("precedence of REST APIs", () => {
  it.each([
    ["GET /a/b/c", ["GET /a/b/{rest+}", "GET /a/{x}/{y}"], "GET /a/b/{rest+}"],
    ["GET /a/b", ["GET /a/{x}", "GET /{rest+}"], "GET /a/{x}"],
    // A more specific resource without the method does not block.
    ["PUT /a/b", ["GET /a/b", "PUT /{rest+}"], "PUT /{rest+}"],
    ["PUT /a/b", ["GET /a/b", "ANY /a/{x}"], "ANY /a/{x}"],
    ["GET /", ["ANY /{proxy+}"], "none"],
    ["GET /", ["ANY /", "ANY /{proxy+}"], "ANY /"],
  ])("sends %s to the right route of %j", (request, keys, key) => {
    expect(find(request, keys, REST)).toBe(key);
  });
});

/** Whether a pattern matches segments, and the kinds of its segments, compared one by one. */
function matchSlowly(
  { segments: pattern }: RoutePattern,
  segments: readonly string[],
): boolean {
  return (
    pattern.every((part, at) => {
      const segment = segments[at];
      if (part.kind === "literal")
        return segment !== undefined && segment === part.text;
      return segment !== undefined && segment !== "";
    }) &&
    (pattern.length === segments.length ||
      (pattern.at(-1)?.kind === "greedy" && segments.length > pattern.length))
  );
}

const RANK = { literal: 0, parameter: 1, greedy: 2 };

/** The order of two patterns that match the same request. */
function compareSlowly(
  a: RoutePattern,
  b: RoutePattern,
  precedence: TableOptions["precedence"],
): number {
  const isGreedy = ({ segments }: RoutePattern): number =>
    segments.at(-1)?.kind === "greedy" ? 1 : 0;
  if (precedence === "http" && isGreedy(a) !== isGreedy(b))
    return isGreedy(a) - isGreedy(b);
  for (const [at, { kind }] of a.segments.entries()) {
    const other = b.segments[at]?.kind ?? "literal";
    if (RANK[kind] !== RANK[other]) return RANK[kind] - RANK[other];
  }
  return (a.method === "ANY" ? 1 : 0) - (b.method === "ANY" ? 1 : 0);
}

const segment = fc.constantFrom("a", "b", "c", "a-b");
const keys = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom("GET", "PUT", "ANY"),
      fc.array(fc.oneof(segment, fc.constantFrom("{x}", "{y}")), {
        maxLength: 4,
      }),
      fc.boolean(),
    )
    .map(([method, parts, isGreedy]) => {
      const named = parts.map((part, at) =>
        part.startsWith("{") ? `{p${at}}` : part,
      );
      return `${method} /${[...named, ...(isGreedy ? ["{rest+}"] : [])].join("/")}`;
    }),
  { maxLength: 8 },
);
const requests = fc.array(
  fc.tuple(
    fc.constantFrom("GET", "PUT", "POST"),
    fc.array(segment, { maxLength: 5 }),
  ),
  { minLength: 10, maxLength: 10 },
);

describe("RouteTable", () => {
  it.each([HTTP, REST])(
    "finds what a slow search finds, in 50,000 lookups with $precedence precedence",
    (options) => {
      fc.assert(
        fc.property(keys, requests, (all, asked) => {
          const table = tableOf(all, options);
          const patterns = all.map(patternOf);
          for (const [method, segments] of asked) {
            const finding = table.find({
              method,
              path: `/${segments.join("/")}`,
            });
            const [best] = patterns
              .filter(
                (each) =>
                  (each.method === method || each.method === "ANY") &&
                  matchSlowly(each, segments),
              )
              .sort((a, b) => compareSlowly(a, b, options.precedence));
            if (finding === "ambiguous") throw new Error("ambiguous");
            expect(finding.entry?.pattern.key).toBe(best?.key);
          }
        }),
        { numRuns: 5_000 },
      );
    },
  );

  it.each([
    ["GET /a%2Fb", ["GET /{x}", "GET /a/{y}/{z}"], "GET /{x}"],
    ["GET /a%2Fb", ["GET /{x}", "GET /a"], "GET /{x}"],
    ["HEAD /a", ["GET /a"], "GET /a"],
    ["HEAD /a", ["GET /a", "ANY /a"], "ANY /a"],
    ["HEAD /a", ["GET /a", "HEAD /{x}"], "GET /a"],
    ["GET /%6frders/7", ["GET /orders/{id}"], "GET /orders/{id}"],
    ["GET /ORDERS/7", ["GET /orders/{id}"], "GET /orders/{id}"],
    ["GET /orders/", ["GET /orders"], "GET /orders"],
    ["GET /caf%C3%A9", ["GET /caf%c3%a9"], "GET /caf%c3%a9"],
    ["GET /orders//7", ["GET /orders/{id}"], "ambiguous"],
    ["GET /a//b", ["GET /{rest+}"], "GET /{rest+}"],
    ["GET /orders/%", ["GET /orders/{id}"], "GET /orders/{id}"],
    ["GET ", ["GET /"], "GET /"],
  ])("compares %s segment by segment with %j", (request, all, key) => {
    expect(find(request, all)).toBe(key);
  });

  it.each([
    ["/%2561dmin/users"],
    ["//admin/users"],
    ["/admin;a=1/users"],
    ["/admin%2fusers"],
    ["/admin%5cusers"],
    ["/x/../admin/users"],
    ["/x/%2e%2e/admin/users"],
    ["/./admin/users"],
    ["/%ef%bd%81dmin/users"],
    ["/admin%00/users"],
    ["/admin./users"],
    [`/%${"25".repeat(20)}61dmin`],
  ])("refuses %s, which some servers read as below /admin", (path) => {
    const guarded = ["ANY /admin/{rest+}", "ANY /{rest+}"];
    expect(find(`GET ${path}`, guarded)).toBe("ambiguous");
    expect(find(`GET ${path}`, ["ANY /admin/{rest+}"])).toBe("ambiguous");
  });

  it.each([
    ["GET /orders/7#/x", ["GET /orders/{id}"]],
    ["GET /orders/7%3F/x", ["GET /orders/{id}"]],
    ["GET /orders/7%23/x", ["GET /orders/{id}"]],
    ["GET /orders/7%00/x", ["GET /orders/{id}"]],
    ["GET /admin;/x", ["ANY /admin"]],
    ["GET //h/admin/x", ["ANY /admin/{p+}"]],
    ["GET /\\h/admin/x", ["ANY /admin/{p+}"]],
    ["GET //h:80/admin/x", ["ANY /admin/{p+}"]],
    ["GET /files/a%2Fb", ["GET /files/{x}", "GET /files/{rest+}"]],
    ["GET /orders//7%2Fx", ["GET /orders/{id}"]],
    ["GET //orders/7%5Cx", ["GET /orders/{id}"]],
    ["GET //h/orders/7%2Fx", ["GET /orders/{id}"]],
    ["GET /orders;a/7%2Fx", ["GET /orders/{id}"]],
    ["GET /orders;a/7%5Cx", ["GET /orders/{id}"]],
    ["GET /orders%2F7%5Cx", ["GET /orders/{id}"]],
    ["GET /orders%2F7%252Fx", ["GET /orders/{id}"]],
    ["GET //%5C/admin", ["GET /{t}/admin"]],
    ["GET /%2F//admin", ["GET /{t}/admin"]],
    ["GET /orders//%2F", ["ANY /orders/{p+}"]],
    ["GET /orders/7//", ["GET /orders/{id}", "ANY /orders/{path+}"]],
    ["GET /admin;x/public", ["ANY /admin/{what}", "GET /{tenant}/public"]],
    ["GET /%2561dmin/public", ["ANY /admin/{what}", "GET /{tenant}/public"]],
    ["GET //a%2fb/1", ["ANY /a%2Fb/{x}"]],
    ["GET /a%252fb/1", ["ANY /a%2Fb/{x}"]],
    [`GET /${"%20".repeat(2_000)}`, ["ANY /{x}"]],
  ])(
    "refuses %s, which some servers read as the path of another route of %j",
    (request, all) => {
      expect(find(request, all)).toBe("ambiguous");
      expect(
        find(request, all, { ...HTTP, ambiguousPaths: "accept" }),
      ).not.toBe("ambiguous");
    },
  );

  it("refuses what a REST API would send to a route of lower precedence", () => {
    const all = ["ANY /admin/public/{x+}", "ANY /admin/{x}/{y}/{z}"];
    expect(find("GET /admin;/public/a/x", all, REST)).toBe("ambiguous");
  });

  it("matches HEAD only exactly if the options say so", () => {
    const options = { ...HTTP, headMatchesGet: false };
    expect(find("HEAD /a", ["GET /a"], options)).toBe("none");
  });

  it("distinguishes case and trailing slashes if the options say so", () => {
    const strict: TableOptions = {
      ...HTTP,
      caseSensitive: true,
      trailingSlash: "strict",
    };
    const all = ["GET /a", "GET /a/", "GET /A"];
    expect(all.map((key) => find(key, all, strict))).toEqual(all);
    expect(find("GET /b/", ["GET /b", "GET /b/{rest+}"], strict)).toBe("none");
  });

  it("returns the pattern that already matches the same requests", () => {
    const table = tableOf(["GET /a/{x}"]);
    const twin = { pattern: patternOf("GET /A/{y}/") };
    expect(table.add(twin)?.pattern.key).toBe("GET /a/{x}");
  });
});
