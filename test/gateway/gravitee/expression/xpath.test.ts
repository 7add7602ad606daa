import { failureOf, refusalOf, textOf } from "./evaluating";

const STOCK =
  '<?xml version="1.0"?><s:stock xmlns:s="urn:s" xmlns="urn:d"><item sku="A">5</item><item sku="B">7 &amp; 8</item><s:total>12</s:total><!-- none --><![CDATA[raw]]></s:stock>';

const read = (path: string, type?: string): string | null =>
  textOf(type ? "{#xpath(#c, #p, #t)}" : "{#xpath(#c, #p)}", {
    c: STOCK,
    p: path,
    t: type,
  });

describe("#xpath", () => {
  it.each([
    ["/stock/item", "5"],
    ["//item[2]", "7 & 8"],
    ["//item[@sku='B']", "7 & 8"],
    ["//item/@sku", "A"],
    ["//total", "12"],
    ["//none", ""],
    ["count(//item)", "2"],
    ["sum(//total) + 1", "13"],
    ["name(//item[last()])", "item"],
    ["//item[1]/following-sibling::item", "7 & 8"],
    ["string(/stock)", "57 & 812raw"],
    ["concat(//item[1], '-', //total)", "5-12"],
    ["//comment()", " none "],
  ])("evaluates %s to %p in any namespace", (path, text) => {
    expect(read(path)).toBe(text);
  });

  it.each([
    ["//s:total", "string", "12"],
    ["//total", "string", ""],
    ["//s:total", "number", "12.0"],
    ["//none", "number", "NaN"],
    ["//s:total > 10", "boolean", "true"],
    ["//s:none", "boolean", "false"],
    ["//s:total", "node", "12"],
    ["//s:none", "node", null],
    ["/*/*", "node_list", "5,7 & 8,12"],
    ["/*/*", "document_list", "5,7 & 8,12"],
  ])("evaluates %s as %s to %p with namespaces", (path, type, text) => {
    expect(read(path, type)).toBe(text);
  });

  it("returns nodes whose properties can be read", () => {
    const variables = { c: STOCK };

    expect(
      textOf(
        "{#xpath(#c, '//*[@sku]', 'node_list')[1].getTextContent()}",
        variables,
      ),
    ).toBe("7 & 8");
    expect(textOf("{#xpath(#c, '/*', 'node').nodeName}", variables)).toBe(
      "s:stock",
    );
    expect(textOf("{#xpath(#c, '/*', 'node').localName}", variables)).toBe(
      "stock",
    );
  });

  it.each(["", "plain", "<a>", "<a></b>", "<a/><b/>", '{"a":1}'])(
    "fails for %p, which is not XML",
    (c) => {
      expect(failureOf("#xpath(#c, '/a')", { c }).reason).toBe(
        "the string is not well-formed XML",
      );
    },
  );

  it("fails for a value that is not a string", () => {
    expect(failureOf("#xpath(#c, '/a')", { c: null }).reason).toBe(
      "cannot read XML from null; pass a string",
    );
  });

  it.each([
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<?xml version="1.0"?><!-- - --> <!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    "<!doctype a><a/>",
  ])("refuses a document type: %s", (c) => {
    expect(failureOf("#xpath(#c, '/a')", { c }).reason).toBe(
      "the XML has a document type declaration, which is not supported",
    );
  });

  it("knows only the entities of XML", () => {
    expect(failureOf("#xpath(#c, '/a')", { c: "<a>&x;</a>" }).reason).toBe(
      "the string is not well-formed XML",
    );
  });

  it.each([
    ["{#xpath(#c, '//a[')}", "the path is not valid XPath 1.0"],
    [
      "{#xpath(#c, '/a', 'text')}",
      "the result type must be one of string, boolean, number, node, node_list, document_list",
    ],
  ])("refuses the XPath %s when the template is parsed: %s", (text, reason) => {
    expect(refusalOf(text).reason).toBe(reason);
  });

  it("fails for an undeclared namespace prefix", () => {
    expect(failureOf("#xpath('<a/>', '//q:b', 'string')").reason).toMatch(
      /^the XPath could not be evaluated; /,
    );
  });
});
