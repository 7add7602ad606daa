import { escapesBasePath } from "../../../gateway/http/escapesBasePath";

describe("escapesBasePath", () => {
  it.each([
    "",
    "/",
    "/a/../b",
    "/a/b/../../c",
    "/..a/...",
    "/./a",
    "/a%2fb",
    "/a?../../x",
    "?..",
    "/a#/..",
    "/%23/../a",
    "/%2e/a",
    "/caf%C3%A9/%ZZ",
  ])("stays with %s", (path) => {
    expect(escapesBasePath(path)).toBe(false);
  });

  it.each([
    "/..",
    "/../admin",
    "/a/../../admin",
    "/%2e%2E/admin",
    "/.%2e/admin",
    "/a/..%2f../admin",
    "/..\\admin",
    "/..%5cadmin",
    "/x%2fy/../..",
    "/a/;%2fb/../..",
    "/x%2f..%2f..",
    "//../admin",
    "/./../admin",
    "/..;v=1/admin",
    "/..%3bv=1/admin",
    "/..?a",
    "/a#/../../b",
    "/#/../../secret",
    "/%252e%252e/a",
    "/%25252e./a",
    "/%c0%ae%c0%ae/a",
    "/%u002e./a",
    "/\xc0\xae./a",
    "/..%00/a",
    "/.%09./a",
    "/.. /a",
    "/..%20/a",
    "/%E2%80%A5/a",
    "/%EF%BC%8E%EF%BC%8E/a",
    "/a/..%EF%BC%8F../b",
    "/a/;/../../b",
    "/a/..%3f/../b",
    `/%${"25".repeat(20)}2e./a`,
  ])("leaves by %s", (path) => {
    expect(escapesBasePath(path)).toBe(true);
  });
});
