/** The parts of a Markdown page that tests ask about: headings with their anchors, links, fenced blocks, bold words. */

export type Heading = { level: number; text: string; anchor: string }
export type Fence = { language: string; text: string }

/** Everything outside fenced blocks, code spans blanked out where `code` is false. */
export function proseOf(markdown: string, { code }: { code: boolean }): string {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```$/gm, '')
  return code ? prose : prose.replaceAll(/`[^`\n]*`/g, '')
}

export function fencesOf(markdown: string): Fence[] {
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
    language,
    text,
  }))
}

export function headingsOf(markdown: string): Heading[] {
  const seen = new Map<string, number>()
  return [...proseOf(markdown, { code: true }).matchAll(/^(#{1,6}) (.+)$/gm)].map(([, marks = '', text = '']) => {
    const base = anchorOf(text)
    const before = seen.get(base) ?? 0
    seen.set(base, before + 1)
    return { level: marks.length, text, anchor: before === 0 ? base : `${base}-${before}` }
  })
}

/** As GitHub makes them: lower case, without punctuation, blanks as hyphens. */
function anchorOf(text: string): string {
  const plain = text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '')
  return plain
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-')
}

/** Targets of links and pictures, as they are written. */
export function linksOf(markdown: string): string[] {
  return [...proseOf(markdown, { code: false }).matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target)
}

export function boldOf(markdown: string): string[] {
  return [...proseOf(markdown, { code: false }).matchAll(/\*\*([^*\n]+)\*\*/g)].map(([, text = '']) => text)
}
