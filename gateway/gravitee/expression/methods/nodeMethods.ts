import type { XmlNode } from "../xml/XmlNode";
import { method, type Method, type Methods } from "../members/Method";

/** The methods of an XML node. */
export const NODE_METHODS: Methods<XmlNode> = new Map<string, Method<XmlNode>>([
  ["getNodeName", method([], ({ nodeName }) => nodeName)],
  ["getLocalName", method([], ({ localName }) => localName)],
  ["getNodeValue", method([], ({ nodeValue }) => nodeValue)],
  ["getTextContent", method([], ({ textContent }) => textContent)],
]);
