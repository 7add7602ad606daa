import { findRequestProblem } from "../../../gateway/http/findRequestProblem";
import { HeaderList } from "../../../gateway/http/HeaderList";

const statusOf = (lines: readonly string[], httpVersion?: string) =>
  findRequestProblem({
    method: "GET",
    headers: new HeaderList(lines),
    ...(httpVersion !== undefined && { httpVersion }),
  })?.status;

const statusOfMethod = (method: string) =>
  findRequestProblem({ method, headers: new HeaderList() })?.status;

describe("findRequestProblem", () => {
  it.each([
    ["nothing", []],
    ["a host", ["Host", "a.test:80"]],
    ["an IPv6 host", ["Host", "[::1]:80"]],
    ["an empty host", ["Host", ""]],
    ["a length", ["Content-Length", "5"]],
    ["chunks", ["Transfer-Encoding", " Chunked"]],
  ])("accepts %s", (_, lines) => {
    expect(statusOf(lines)).toBeUndefined();
  });

  it.each([
    ["two hosts", ["Host", "a", "host", "a"], 400],
    ["a list of hosts", ["Host", "a, b"], 400],
    ["a user name in the host", ["Host", "u@a"], 400],
    ["a path in the host", ["Host", "a/b"], 400],
    ["two lengths", ["Content-Length", "5", "Content-Length", "5"], 400],
    ["a list of lengths", ["Content-Length", "5, 5"], 400],
    ["a signed length", ["Content-Length", "+5"], 400],
    [
      "a length and chunks",
      ["Content-Length", "5", "Transfer-Encoding", "chunked"],
      400,
    ],
    ["compressed chunks", ["Transfer-Encoding", "gzip, chunked"], 501],
    ["chunks in chunks", ["Transfer-Encoding", "chunked, chunked"], 501],
    [
      "two codings",
      ["Transfer-Encoding", "gzip", "Transfer-Encoding", "chunked"],
      501,
    ],
    ["an unknown coding", ["Transfer-Encoding", "xchunked"], 501],
    ["an empty coding", ["Transfer-Encoding", ""], 501],
  ])("refuses %s", (_, lines, status) => {
    expect(statusOf(lines)).toBe(status);
  });

  it.each(["GET", "M-SEARCH", "PROPFIND", "X!"])(
    "accepts the method %s",
    (method) => {
      expect(statusOfMethod(method)).toBeUndefined();
    },
  );

  it.each(["get", "Get", "patch", "DELETe", "", "GE T", "GÉT", "A".repeat(65)])(
    "refuses the method %s, which clients send as another one or not at all",
    (method) => {
      expect(statusOfMethod(method)).toBe(400);
    },
  );

  it("refuses chunks in HTTP/1.0, which has none", () => {
    expect(statusOf(["Transfer-Encoding", "chunked"], "1.0")).toBe(400);
  });
});
