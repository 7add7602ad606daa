import { escapesBasePath } from "../../../gateway/http/escapesBasePath";

describe("leaves", () => {
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
    "/%252e%252e/a",
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
    "/x%2f..%2f..",
    "//../admin",
    "/./../admin",
    "/..;v=1/admin",
    "/..%3bv=1/admin",
    "/..?a",
  ])("leaves by %s", (path) => {
    expect(escapesBasePath(path)).toBe(true);
  });
});
