// The navigation of the reference site: guides by reader, then the categories of all entry points, then the project.
import { ReflectionKind } from "typedoc";

/** How the titles of each section's pages start, in order. A guide that is in none of them is added to `Guides`. */
const SECTIONS = {
  "Get started": [
    "Getting started",
    "From raw SDK calls",
    "Cookbook",
    "Migrating from Mendix",
  ],
  Guides: [
    "Typed functions",
    "Batch invocation",
    "Response streaming",
    "Cross-account roles",
    "Errors",
    "Network",
    "Bundling",
    "Testing",
    "Command line",
  ],
  "Gateway guides": [
    "Gateway",
    "Migrating from Boomi",
    "Migrating from Gravitee",
  ],
  "The project": [
    "Benchmarks",
    "Architecture",
    "Contributing",
    "Changelog",
    "Security",
  ],
};

/** Sections that are open until the reader closes them. */
export const OPEN = ["Get started", "Guides"];

/**
 * Returns the elements of the navigation.
 *
 * @param {import("typedoc").NavigationElement[]} elements - TypeDoc's own navigation.
 * @param {string[]} categories - Titles of the categories, in order.
 */
export function arrangeNavigation(elements, categories) {
  const pages = elements.filter(({ kind }) => kind === ReflectionKind.Document);
  const entries = elements
    .filter(({ kind }) => kind === ReflectionKind.Module)
    .flatMap(({ children = [] }) => children);
  const [project, ...guides] = Object.keys(SECTIONS)
    .reverse()
    .map((title) => ({ text: title, children: pagesOf(title, pages) }));
  return [
    ...guides.reverse(),
    ...categories.map((title) => ({
      text: title,
      children: entries
        .filter(({ text }) => text === title)
        .flatMap(({ children }) => children),
    })),
    project,
  ].filter(({ children }) => children.length > 0);
}

function pagesOf(section, pages) {
  const positioned = pages.map((page) => ({ page, ...positionOf(page) }));
  return positioned
    .filter(({ title }) => title === section)
    .sort((a, b) => a.index - b.index)
    .map(({ page }) => page);
}

function positionOf({ text }) {
  for (const [title, starts] of Object.entries(SECTIONS)) {
    const index = starts.findIndex((start) => text.startsWith(start));
    if (index !== -1) return { title, index };
  }
  return { title: "Guides", index: SECTIONS.Guides.length };
}
