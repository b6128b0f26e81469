import { describe, expect, test } from 'vitest'
import { stateDirectory } from '../../src/host/stateDirectory.ts'

const linux = { system: 'linux', home: '/home/anna', currentDirectory: '/srv' } as const
const windows = { system: 'win32', home: 'C:\\Users\\anna', currentDirectory: 'D:\\work' } as const

describe('state directory', () => {
  test.each([
    ['Linux', { ...linux, environment: {} }, '/home/anna/.config/ews-setup'],
    ['Linux with XDG_CONFIG_HOME', { ...linux, environment: { XDG_CONFIG_HOME: '/etc/own' } }, '/etc/own/ews-setup'],
    [
      'a relative XDG_CONFIG_HOME is ignored',
      { ...linux, environment: { XDG_CONFIG_HOME: 'own' } },
      '/home/anna/.config/ews-setup',
    ],
    [
      'macOS',
      { ...linux, system: 'darwin', home: '/Users/anna', environment: {} } as const,
      '/Users/anna/Library/Application Support/ews-setup',
    ],
    [
      'Windows',
      { ...windows, environment: { APPDATA: 'C:\\Users\\anna\\AppData\\Roaming' } },
      'C:\\Users\\anna\\AppData\\Roaming\\ews-setup',
    ],
    ['Windows without APPDATA', { ...windows, environment: {} }, 'C:\\Users\\anna\\AppData\\Roaming\\ews-setup'],
    [
      'EWS_SETUP_HOME',
      { ...linux, environment: { EWS_SETUP_HOME: '/srv/ews', XDG_CONFIG_HOME: '/etc/own' } },
      '/srv/ews',
    ],
    ['a relative EWS_SETUP_HOME', { ...linux, environment: { EWS_SETUP_HOME: 'state' } }, '/srv/state'],
    ['an empty EWS_SETUP_HOME', { ...linux, environment: { EWS_SETUP_HOME: '' } }, '/home/anna/.config/ews-setup'],
  ])('%s', (_name, platform, expected) => {
    expect(stateDirectory(platform)).toBe(expected)
  })
})
