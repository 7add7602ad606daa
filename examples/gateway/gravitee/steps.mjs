// Custom steps that run after the policies and read the attributes they set.

/** Sends an attribute to the origin as a header. */
export const addRequestHeader = (attribute, header) => ({
  name: "add request header",
  request: ({ attributes }) => ({
    change: { setHeaders: { [header]: attributes.get(attribute) ?? "none" } },
  }),
});

/** Sends an attribute to the client as a header. */
export const addResponseHeader = (attribute, header) => ({
  name: "add response header",
  response: ({ attributes }) => ({
    change: { setHeaders: { [header]: attributes.get(attribute) ?? "none" } },
  }),
});
