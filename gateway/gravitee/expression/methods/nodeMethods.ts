import type { XmlNode } from "../xml/XmlNode";
import { method, type Method, type Methods } from "../members/Method";

/** What a node of XML can be asked. */
export const NODE_METHODS: Methods<XmlNode> = new Map<string, Method<XmlNode>>([
  ["getNodeName", method([], ({ nodeName }) => nodeName)],
  ["getLocalName", method([], ({ localName }) => localName)],
  ["getNodeValue", method([], ({ nodeValue }) => nodeValue)],
  ["getTextContent", method([], ({ textContent }) => textContent)],
]);
