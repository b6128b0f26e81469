import { expect, test } from 'vitest'
import { browserCommand } from '../../src/host/openInBrowser.ts'

test.each(['linux', 'darwin', 'win32'] as const)(
  'on %s the address is one argument, never part of a command line',
  (platform) => {
    const command = browserCommand('https://example.com/a?b=1&c=$(id)`id`', platform)
    expect(command?.args.at(-1)).toBe('https://example.com/a?b=1&c=$(id)`id`')
    expect(command?.file).not.toMatch(/cmd|sh$|powershell/)
  },
)

test.each(['file:///etc/passwd', 'javascript:alert(1)', '--help', 'C:\\Windows\\calc.exe', ''])(
  '%s is not opened',
  (address) => {
    expect(browserCommand(address)).toBeNull()
  },
)
