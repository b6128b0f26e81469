/** The release workflow: what it may do, what it runs, and that nothing in it can be exchanged or read off. It has not been run by these tests. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'

const text = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const workflow = text('.github/workflows/release.yml')
const matches = (pattern: RegExp) => [...workflow.matchAll(pattern)].map(([, group = '']) => group)

test('it runs for tags of versions only, with no rights but those that a job names', () => {
  expect(workflow).toMatch(/^on:\n {2}push:\n {4}tags: \['v\*'\]\n\n/m)
  expect(workflow).toMatch(/^permissions: \{\}$/m)
  expect(matches(/^ {6}contents: (\w+)$/gm)).toEqual(['read', 'read', 'write'])
  expect(workflow).not.toMatch(/pull_request|workflow_run|write-all/)
})

test('actions are pinned by commit, and keep no credentials', () => {
  const uses = matches(/uses: (\S+)/g)
  expect(uses.length).toBeGreaterThan(5)
  for (const action of uses) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40}$/)
  const checkouts = uses.filter((action) => action.startsWith('actions/checkout@'))
  expect(matches(/(persist-credentials: false)/g)).toHaveLength(checkouts.length)
})

test('what comes from outside reaches a shell through its environment only', () => {
  for (const script of matches(/^ +run: ([^|\n].*)$/gm)) expect(script).not.toContain('${{')
  for (const block of workflow.split(/^ +run: \|\n/m).slice(1)) {
    const [script = ''] = block.split(/^ {6}- /m)
    expect(script).not.toContain('${{')
  }
})

test('it runs scripts that exist', () => {
  const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(text('package.json')))
  const run = [...new Set(matches(/npm run (?:--silent )?([\w:]+)/g))]
  expect(run).toEqual(expect.arrayContaining(['check', 'package', 'verify:packaged', 'verify:electron', 'sbom']))
  expect(run.filter((name) => scripts[name] === undefined)).toEqual([])
})
