import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { fromBundle, splitPem, systemCas } from '../../src/host/systemCas.ts'

const one = '-----BEGIN CERTIFICATE-----\nMIIB\nAA==\n-----END CERTIFICATE-----'
const other = '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----'
const directory = mkdtempSync(join(tmpdir(), 'ews-cas-'))
afterAll(() => rmSync(directory, { recursive: true }))

describe('CAs of the platform', () => {
  test('comments, keys and halves are no certificates', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----'
    expect(splitPem(`# a comment\n${one}\n${key}\n${other}\n-----BEGIN CERTIFICATE-----\nMI`)).toEqual([one, other])
  })

  test('the first bundle with a certificate counts, SSL_CERT_FILE before all', () => {
    const empty = join(directory, 'empty.pem')
    const bundle = join(directory, 'bundle.pem')
    const own = join(directory, 'own.pem')
    writeFileSync(empty, '')
    writeFileSync(bundle, one)
    writeFileSync(own, other)
    expect(fromBundle({}, [join(directory, 'absent.pem'), empty, bundle])).toEqual([one])
    expect(fromBundle({ SSL_CERT_FILE: own }, [bundle])).toEqual([other])
    expect(fromBundle({ SSL_CERT_FILE: join(directory, 'absent.pem') }, [bundle])).toEqual([one])
    expect(fromBundle({}, [empty])).toEqual([])
  })

  test('are read once', () => {
    expect(systemCas()).toBe(systemCas())
  })
})
