import { createTrace } from "../../../../gateway/http/client/Trace";

const ID = "67891233abcdef012345678912345678";
const PARENT = `00-${ID}-53995c3f42cd8ad8-01`;
const AMAZON = "Root=1-67891233-abcdef012345678912345678";

const traceOf = (headers: { amazon?: string; parent?: string }) =>
  createTrace({
    amazon: headers.amazon,
    parent: headers.parent,
    startedAt: Date.UTC(2026, 0, 1),
    uuid: "01234567-89ab-4def-8123-456789abcdef",
  });

describe("createTrace", () => {
  it("makes one trace ID for both headers, from the time and random bits", () => {
    const { id, headers, hasArrivedParent } = traceOf({});
    expect(id).toBe("6955b900" + "0123456789ab4def81234567");
    expect(headers["X-Amzn-Trace-Id"]).toBe(
      "Root=1-6955b900-0123456789ab4def81234567",
    );
    expect(headers.traceparent).toMatch(
      new RegExp(`^00-${id}-(?!0{16})[0-9a-f]{16}-00$`),
    );
    expect(hasArrivedParent).toBe(false);
  });

  it.each([
    PARENT,
    `00-${ID}-53995c3f42cd8ad8-00`,
    `01-${ID}-53995c3f42cd8ad8-ff-later`,
  ])("passes on the traceparent %s", (parent) => {
    expect(traceOf({ parent })).toMatchObject({
      id: ID,
      headers: { traceparent: parent },
      hasArrivedParent: true,
    });
  });

  it.each([
    "",
    `ff-${ID}-53995c3f42cd8ad8-01`,
    `00-${ID}-53995c3f42cd8ad8-01-more`,
    `00-${ID.toUpperCase()}-53995c3f42cd8ad8-01`,
    `00-${"0".repeat(32)}-53995c3f42cd8ad8-01`,
    `00-${ID}-${"0".repeat(16)}-01`,
    `00-${ID}-53995c3f42cd8ad8-1`,
    `${PARENT}, ${PARENT}`,
    `01-${ID}-53995c3f42cd8ad8-01-${"x".repeat(500)}`,
  ])("replaces the traceparent %j", (parent) => {
    const { headers, hasArrivedParent } = traceOf({ parent });
    expect(headers.traceparent).not.toBe(parent);
    expect(headers.traceparent).toHaveLength(55);
    expect(hasArrivedParent).toBe(false);
  });

  it.each([
    AMAZON,
    `${AMAZON};Parent=53995c3f42cd8ad8;Sampled=1`,
    `Self=1-67891234-12456789abcdef012345678;${AMAZON}`,
    `${AMAZON};Parent=53995c3f42cd8ad8;Sampled=0;Lineage=a87bd80c:1|68fd508a:5`.replace(
      "|",
      "-",
    ),
  ])("passes on the X-Amzn-Trace-Id %s", (amazon) => {
    expect(traceOf({ amazon })).toMatchObject({
      id: ID,
      headers: { "X-Amzn-Trace-Id": amazon },
    });
  });

  it.each([
    "",
    "Root=1-67891233-abc",
    `${AMAZON}, ${AMAZON}`,
    `${AMAZON};<script>=1`,
    `X${AMAZON}`,
    `Root=1-00000000-${"0".repeat(24)}`,
    `${AMAZON};a=${"x".repeat(500)}`,
  ])("replaces the X-Amzn-Trace-Id %j", (amazon) => {
    expect(traceOf({ amazon }).headers["X-Amzn-Trace-Id"]).toBe(
      "Root=1-6955b900-0123456789ab4def81234567",
    );
  });

  it("makes each header from the other one", () => {
    expect(traceOf({ parent: PARENT }).headers["X-Amzn-Trace-Id"]).toBe(
      `${AMAZON};Parent=53995c3f42cd8ad8;Sampled=1`,
    );
    expect(
      traceOf({ amazon: `${AMAZON};Parent=53995c3f42cd8ad8;Sampled=1` }).headers
        .traceparent,
    ).toBe(PARENT);
    expect(traceOf({ amazon: AMAZON }).headers.traceparent).toMatch(
      new RegExp(`^00-${ID}-[0-9a-f]{16}-00$`),
    );
  });
});
