import fc from "fast-check";
import { parseMountPath } from "../../../gateway/http/MountPath";

const api = parseMountPath("toNode", "/api");
const nested = parseMountPath("toNode", "/api/v1/");
const kindOf = (target: string): string => api.locate(target).kind;

describe("MountPath", () => {
  it.each([
    ["/api", "/api", ""],
    ["/api/", "/api", "/"],
    ["/api?a=b", "/api", "?a=b"],
    ["/API/secret", "/API", "/secret"],
    ["/api//x/../y;z#%2f", "/api", "//x/../y;z#%2f"],
    ["http://h/api/secret?x", "/api", "/secret?x"],
    ["HTTPS://h:80/Api", "/Api", ""],
    ["http://[::1]:80/api/1", "/api", "/1"],
  ])("finds %s inside, and separates it", (target, mountPath, url) => {
    expect(api.locate(target)).toEqual({ kind: "inside", mountPath, url });
  });

  it.each([
    "/",
    "",
    "*",
    "/apis",
    "/ap",
    "/x/api",
    "/x?/api",
    "/x/?y=/../api",
    "/caf%C3%A9/api",
    "/100%25/x",
    "/x%2Fapi",
    "/x;api",
    "/#/api",
    "/x/../y",
    "/api-docs/..;/x",
    "/v1/items:batch",
    "/file.txt",
    "http://h",
    "http://h?x=y",
    "http://api/x",
    "/x//api",
  ])("finds %s outside", (target) => {
    expect(kindOf(target)).toBe("outside");
  });

  it.each([
    ["one encoded letter", "/%61pi/secret"],
    ["an encoded letter in upper case", "/%41PI/secret"],
    ["two encodings", "/%2561pi/secret"],
    ["many encodings", `/%${"25".repeat(400)}61pi/secret`],
    ["an encoding that Windows decodes", "/%u0061pi/secret"],
    ["an encoding that is too long", "/x/%c0%ae%c0%ae/api"],
    ["a parameter that contains an encoded slash", "/;%2F%ZZ//api"],
    ["an encoded parameter with a slash encoded twice", "/%3B%252Fx/api"],
    ["two slashes", "//api/secret"],
    ["a host", "//h/api/secret"],
    ["a host after backslashes", "/\\h/api"],
    ["a dot", "/./api/secret"],
    ["a parameter with a slash that is encoded twice", "/%3bx%252fsecret/api"],
    ["a parameter with an encoded slash and backslash", "/;x%2fsecret%5capi"],
    ["a parameter with a backslash", "/;x\\secret/api"],
    ["dots", "/x/../api/secret"],
    ["dots after an encoded slash", "/x%2Fy/../api"],
    ["encoded dots", "/x/%2e%2E/api"],
    ["dots with a parameter", "/x/..;a/api"],
    ["a backslash", "/api\\secret"],
    ["an encoded backslash", "/api%5Csecret"],
    ["an encoded slash", "/api%2fsecret"],
    ["a parameter", "/api;v=1/secret"],
    ["an encoded parameter", "/api%3Bv=1/secret"],
    ["an empty segment with a parameter", "/;/api/secret"],
    ["a fragment", "/api#/secret"],
    ["dots after a fragment", "/x#/../api"],
    ["an encoded question mark", "/api%3Fx"],
    ["a trailing dot", "/api./secret"],
    ["a trailing space", "/api%20/secret"],
    ["a no-break space, which old URL parsers trim", "/api\xa0"],
    ["a tab, which URL parsers remove", "/a\tpi/secret"],
    ["an encoded line break", "/a%0Api/secret"],
    ["a NUL, which ends a string", "/api%00.txt"],
    ["a stream of a Windows directory", "/api::$INDEX_ALLOCATION/secret"],
    ["letters of full width", "/%EF%BD%81%EF%BD%90%EF%BD%89/secret"],
    ["a slash of full width", "/api%EF%BC%8Fsecret"],
    ["a letter that is I in upper case", "/ap%C4%B1/secret"],
    ["an invalid byte", "/a%FFpi/secret"],
    ["another scheme", "ftp://h/api/secret"],
    ["a user name", "http://u@h/api/secret"],
    ["no authority", "http:///api/secret"],
    ["a query before the path", "http://h?/api/secret"],
    ["a fragment before the path", "http://h#/api/secret"],
    ["a backslash before the path", "http://h\\api/secret"],
    ["no leading slash", "api/secret"],
  ])("finds a path with %s ambiguous: %s", (_, target) => {
    expect(kindOf(target)).toBe("ambiguous");
  });

  it("finds a letter ambiguous that is an ASCII letter in lower case", () => {
    const key = parseMountPath("toNode", "/key");

    expect(key.locate("/%E2%84%AAey/1").kind).toBe("ambiguous");
  });

  it.each([
    ["/api/v1/x", "inside"],
    ["/api/v2/../v1/x", "ambiguous"],
    ["/api/x%2f../v1", "ambiguous"],
    ["/api//v1", "ambiguous"],
    ["/api/v1x", "outside"],
    ["/v1/api/../x", "outside"],
  ])("compares every segment of a longer mount path: %s", (target, kind) => {
    expect(nested.locate(target).kind).toBe(kind);
  });

  it.each([
    ["/caf%C3%A9/x", "inside"],
    ["/caf%c3%a9", "inside"],
    ["/caf\xc3\xa9/x", "ambiguous"],
    ["/caf\xe9/x", "ambiguous"],
    ["/CAF%C3%89", "ambiguous"],
    ["/cafe", "outside"],
  ])(
    "compares a mount path beyond ASCII in every encoding: %s",
    (target, kind) => {
      expect(parseMountPath("toNode", "/café").locate(target).kind).toBe(kind);
    },
  );

  it("finds every path inside the root", () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        const target = `/${rest}`;
        expect(parseMountPath("toNode", "").locate(target)).toEqual({
          kind: "inside",
          mountPath: "",
          url: target,
        });
      }),
    );
  });

  it("finds no path outside that a percent encoding of some letters has changed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(4), { minLength: 4, maxLength: 4 }),
        (times) => {
          const spelled = ["/", "a", "p", "i"].map((letter, at) =>
            encode(letter, times[at] ?? 0),
          );
          expect(kindOf(`/x/..${spelled.join("")}/secret`)).not.toBe("outside");
        },
      ),
    );
  });

  it.each([
    "api",
    "orders/",
    "/a?b",
    "/a#b",
    "/a\\b",
    "//a",
    "/a/../b",
    "/.",
    "/a\nb",
    "/\ud800",
    7,
    null,
  ])("refuses the mount path %j, below which no request would be", (path) => {
    expect(() => parseMountPath("toNode", path)).toThrow(
      expect.objectContaining({
        code: "ERR_INVALID_INPUT",
        message: expect.stringMatching(
          /^toNode: mountPath must start with/,
        ) as string,
      }) as Error,
    );
  });
});

function encode(letter: string, times: number): string {
  if (times === 0) return letter;
  const hex = letter.charCodeAt(0).toString(16);
  return `%${"25".repeat(times - 1)}${hex}`;
}
