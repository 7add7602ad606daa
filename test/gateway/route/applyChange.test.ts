import { anything, assert, property } from "fast-check";
import {
  Body,
  GatewayRequest,
  GatewayResponse,
  HeaderList,
} from "../../../gateway";
import {
  changeRequest,
  changeResponse,
  toGatewayResponse,
} from "../../../gateway/route/applyChange";
import { findProblem } from "../../../gateway/route/findProblem";
import { UnsendableError } from "../../../gateway/route/UnsendableError";

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
