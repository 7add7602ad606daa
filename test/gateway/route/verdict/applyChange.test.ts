import { anything, assert, property } from "fast-check";
import {
  Body,
  GatewayRequest,
  GatewayResponse,
  HeaderList,
} from "../../../../gateway";
import {
  changeRequest,
  changeResponse,
  toGatewayResponse,
} from "../../../../gateway/route/verdict/applyChange";
import { findProblem } from "../../../../gateway/route/verdict/findProblem";
import { UnsendableError } from "../../../../gateway/route/verdict/UnsendableError";

const request = new GatewayRequest({
  method: "POST",
  url: "/a?b",
  headers: new HeaderList(["Content-Length", "3", "Digest", "x", "X-A", "1"]),
  body: new Body(Buffer.from("old")),
  scheme: "http",
});
const response = new GatewayResponse({
  status: 200,
  statusText: "Fine",
  headers: new HeaderList(["ETag", "e", "X-A", "1"]),
  body: new Body(Buffer.from("old")),
});

describe("applyChange", () => {
  it("returns a changed request and leaves the original unchanged", () => {
    const after = changeRequest(request, {
      method: "PUT",
      url: "/c",
      target: "http://b.test",
      dropHeaders: ["x-a"],
      setHeaders: { "X-A": "2" },
    });

    expect(after).toMatchObject({
      method: "PUT",
      url: "/c",
      target: "http://b.test",
      body: request.body,
    });
    expect(after.headers.lines).toEqual([
      "Content-Length",
      "3",
      "Digest",
      "x",
      "X-A",
      "2",
    ]);
    expect(request).toMatchObject({ method: "POST", url: "/a?b" });
  });

  it("removes headers that describe a replaced body unless the change sets them", () => {
    const { headers, body } = changeRequest(request, {
      body: "née",
      setHeaders: { Digest: "y" },
    });

    expect(headers.lines).toEqual(["X-A", "1", "Digest", "y"]);
    expect(body.source).toEqual(Buffer.from("née"));
  });

  it("keeps the status text of an unchanged status and drops it for a new one", () => {
    expect(changeResponse(response, { status: 200 }).statusText).toBe("Fine");
    expect(
      changeResponse(response, { status: 201 }).statusText,
    ).toBeUndefined();
    expect(
      toGatewayResponse({ status: 201, statusText: "Made" }).statusText,
    ).toBe("Made");
  });

  it.each([
    [() => changeRequest(request, { status: 200 })],
    [() => changeResponse(response, { method: "GET" })],
    [() => changeResponse(response, { url: "/" })],
    [() => changeResponse(response, { target: "http://a.test" })],
    [() => toGatewayResponse({ status: 99 })],
    [() => changeRequest(request, { target: "http://a:b@a.test" })],
    [() => changeRequest(request, { url: "/ü" })],
    [() => changeRequest(request, { url: "/a#b" })],
  ])("refuses what the phase can't do: %s", (ask) => {
    expect(ask).toThrow(UnsendableError);
  });

  it("sets nothing on a prototype", () => {
    const headers = JSON.parse('{"__proto__":"a"}') as Record<string, string>;

    expect(findProblem({ setHeaders: headers })).toMatch(
      /"__proto__" is not a valid header name/,
    );
  });

  it("accepts only strings and bytes as bodies", () => {
    assert(
      property(anything(), (body) => {
        const isBody =
          body === undefined ||
          typeof body === "string" ||
          body instanceof Uint8Array;
        expect(findProblem({ body: body as string }) === undefined).toBe(
          isBody,
        );
      }),
    );
  });
});

describe("dropHeaders", () => {
  it("removes what some servers read as a dropped header, also if the client sent only that", () => {
    const sent = request.with({
      headers: new HeaderList(["X_Admin", "1", "x.admin", "2", "X-Adm", "3"]),
    });

    const { headers } = changeRequest(sent, { dropHeaders: ["X-Admin"] });

    expect(headers.lines).toEqual(["X-Adm", "3"]);
  });

  it("keeps the plain spelling if a step drops an unusual one", () => {
    const sent = request.with({
      headers: new HeaderList(["X_Admin", "1", "X-Admin", "2"]),
    });

    const { headers } = changeRequest(sent, { dropHeaders: ["x_admin"] });

    expect(headers.lines).toEqual(["X-Admin", "2"]);
  });
});

describe("the headers of a verdict", () => {
  const setHeaders = (count: number) => ({
    setHeaders: { "x-a": Array<string>(count).fill("1") },
  });

  it("have at most 1,000 lines", () => {
    expect(() => changeResponse(response, setHeaders(1_000))).not.toThrow();
    expect(() => changeResponse(response, setHeaders(1_001))).toThrow(
      new UnsendableError("at most 1,000 headers can be set or dropped"),
    );
  });

  it("have at most 262,144 characters", () => {
    const sized = (length: number) => ({
      status: 200,
      headers: { "x-a": "a".repeat(length) },
    });

    expect(() => toGatewayResponse(sized(262_141))).not.toThrow();
    expect(() => toGatewayResponse(sized(262_142))).toThrow(
      new UnsendableError("the headers must have at most 262,144 characters"),
    );
  });
});
