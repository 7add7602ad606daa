// The SVG shapes of the chart.

const escape = (text) =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

export const text = (content, { x, y, kind = "", anchor = "start" }) =>
  `<text x="${x}" y="${y}" class="${kind}" text-anchor="${anchor}">${escape(content)}</text>`;

/** A bar with a square start and a rounded end. */
export function bar({ x, y, width, height, kind }) {
  const round = Math.min(3, width / 2);
  const right = Math.max(width - round, 0).toFixed(1);
  return `<path class="${kind}" d="M${x} ${y}h${right}a${round} ${round} 0 0 1 ${round} ${round}v${height - 2 * round}a${round} ${round} 0 0 1 -${round} ${round}h-${right}z"/>`;
}

export const line = ({ x, from, to, kind }) =>
  `<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${from}" y2="${to}" class="${kind}"/>`;

/** The SVG document. Its colors follow the reader's color scheme. */
export const picture = ({ width, height, title, description }, shapes) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escape(title)}</title>
<desc id="description">${escape(description)}</desc>
<style>${STYLE}</style>
<rect class="background" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${shapes.join("\n")}
</svg>
`;

const STYLE = `
svg { --background: #ffffff; --edge: #d1d9e0; --ink: #1f2328; --soft: #59636e; --own: #0969da; --peer: #c4ccd5; --track: #eff2f5; --met: #1a7f37; --missed: #cf222e; }
@media (prefers-color-scheme: dark) {
svg { --background: #0d1117; --edge: #3d444d; --ink: #f0f6fc; --soft: #9198a1; --own: #4493f8; --peer: #545d68; --track: #1c2128; --met: #3fb950; --missed: #f85149; }
}
text { font: 13px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: var(--ink); font-variant-numeric: tabular-nums; }
text.title { font-size: 18px; font-weight: 600; }
text.head, text.own { font-weight: 600; }
text.soft { fill: var(--soft); }
text.small { fill: var(--soft); font-size: 12px; }
text.met { fill: var(--met); font-weight: 600; }
text.missed { fill: var(--missed); font-weight: 600; }
path.own { fill: var(--own); }
path.peer { fill: var(--peer); }
path.track { fill: var(--track); }
path.met { fill: var(--met); }
path.missed { fill: var(--missed); }
line { stroke: var(--ink); stroke-width: 1.5; }
line.dashed { stroke-dasharray: 3 3; }
rect.background { fill: var(--background); stroke: var(--edge); }
`;
