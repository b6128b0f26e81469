/**
 * As much of an Exchange as a static file can be: the NTLM server of the recipes, whose `/EWS/Exchange.asmx` answers every POST with
 * the root folder of a mailbox. The login in front of it is real.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startNtlmServer, type RunningServer } from './recipes.ts'

/** The root folder, as Exchange Server SE answers GetFolder ([MS-OXWSFOLD] section 3.1.4.6). */
export const rootFolder = `<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">
  <s:Header>
    <h:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="2562" MinorBuildNumber="17" Version="V2017_07_11" xmlns:h="http://schemas.microsoft.com/exchange/services/2006/types"/>
  </s:Header>
  <s:Body>
    <m:GetFolderResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">
      <m:ResponseMessages>
        <m:GetFolderResponseMessage ResponseClass="Success">
          <m:ResponseCode>NoError</m:ResponseCode>
          <m:Folders>
            <t:Folder><t:FolderId Id="AAMkAGRlbW8=" ChangeKey="AQAAABYAAAA="/></t:Folder>
          </m:Folders>
        </m:GetFolderResponseMessage>
      </m:ResponseMessages>
    </m:GetFolderResponse>
  </s:Body>
</s:Envelope>
`

/** The caller stops it. */
export async function startExchangeOnApache(): Promise<RunningServer> {
  const server = await startNtlmServer()
  await writeFile(join(server.dir, 'htdocs', 'EWS', 'Exchange.asmx'), rootFolder)
  return server
}
