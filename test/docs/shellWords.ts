/** Calls of `ews-setup` in text for a shell, as the program would get them. */

/** The words of each call; redirections, pipes, and what the shell would put in for variables are left out. */
export function callsIn(text: string): string[][] {
  const lines = text.replaceAll(/\\\n\s*/g, ' ').split('\n')
  return lines.flatMap((line) =>
    commandsOf(line.replace(/^\$ /, '')).flatMap((words) => {
      const at = words.findIndex((word) => word === 'ews-setup' || word.endsWith('/ews-setup'))
      const isCall = at !== -1 && words.slice(0, at).every((word) => /^(npm|run|-s|timeout|\d+|[A-Z_]+=.*)$/.test(word))
      return isCall ? [words.slice(at + 1).filter((word, index) => !(index === 0 && word === '--'))] : []
    }),
  )
}

/** The commands of a line, by pipes and the like. */
function commandsOf(line: string): string[][] {
  const commands: string[][] = [[]]
  const parts = line.matchAll(/'([^']*)'|"([^"]*)"|(\d?[<>]>?\s*)(\S+)|([|&;]+)|(#.*$)|([^\s'"|&;<>]+)/g)
  let end = 0
  for (const [whole, single, double, redirection, , separator, comment, bare] of parts) {
    if (comment !== undefined || redirection !== undefined) continue
    if (separator !== undefined) commands.push([])
    else {
      const text = single ?? double ?? bare ?? ''
      const at = line.indexOf(whole, end)
      const words = commands.at(-1) ?? []
      // Quoted and bare parts without a blank between them are one word.
      if (at === end && words.length > 0) words[words.length - 1] += text
      else if (!text.includes('${')) words.push(text)
      end = at + whole.length
    }
  }
  return commands.filter((words) => words.length > 0)
}
