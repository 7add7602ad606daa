// Steps of the gateway's own, behind the policies: they read what those have set.

/** Sends an attribute on to the origin. */
export const writes = (attribute, header) => ({
  name: "writes",
  request: ({ attributes }) => ({
    change: { setHeaders: { [header]: attributes.get(attribute) ?? "none" } },
  }),
});

/** Tells an attribute to the client. */
export const answers = (attribute, header) => ({
  name: "answers",
  response: ({ attributes }) => ({
    change: { setHeaders: { [header]: attributes.get(attribute) ?? "none" } },
  }),
});
