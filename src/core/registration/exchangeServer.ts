/** Exchange Server: URLs and login methods of its virtual directories, and the impersonation role. Nothing here ends with EWS in the cloud. */
import { quoted, quotedList } from './quoting.ts'
import { code, comment, say, scriptOf, type Script, type ScriptLine } from './script.ts'
import { undoScopedRole } from './undoScopedRole.ts'
import type { ScriptValues } from './values.ts'

const ps = (value: string): string => quoted(value, 'powershell')

/** For the Exchange Management Shell. What was set before is written to a file beside the script, from which `-Undo` sets it back. */
export function exchangeServer(values: ScriptValues): Script {
  return scriptOf('exchange-server', 'powershell', [
    comment('head-exchange-server'),
    comment('how-to-run-powershell', { file: 'ews-setup-exchange-server.ps1' }),
    comment('needs-exchange-shell'),
    comment('twice'),
    comment('undo', { option: '-Undo' }),
    code('param([switch]$Undo)', "$ErrorActionPreference = 'Stop'", ''),
    comment('values'),
    code(
      `$EwsUrl = ${ps(values.ewsUrl)}`,
      `$Account = ${ps(values.account)}`,
      `$AppName = ${ps(values.appName)}`,
      `$Mailboxes = ${quotedList(values.mailboxes)}`,
      "$GroupName = $AppName + ' EWS Mailboxes'",
      "$ScopeName = $AppName + ' EWS Scope'",
      "$AssignmentName = $AppName + ' Impersonation'",
      "$BeforeFile = Join-Path $PSScriptRoot 'ews-setup-exchange-server.before.xml'",
      '',
    ),
    ...undo(),
    ...directories(),
    ...impersonation(),
  ])
}

function undo(): ScriptLine[] {
  return [
    ...code(
      'if ($Undo) {',
      '    if (Test-Path $BeforeFile) {',
      '        foreach ($old in Import-Clixml $BeforeFile) {',
      '            $set = @{ Identity = $old.Identity; InternalUrl = $old.InternalUrl; ExternalUrl = $old.ExternalUrl }',
      '            Set-WebServicesVirtualDirectory @set -WindowsAuthentication $old.WindowsAuthentication',
      '        }',
      '    }',
    ),
    say('    else { Write-Host ', 'say-not-before', ' }'),
    ...undoScopedRole(),
    ...code('    return', '}', ''),
  ]
}

function directories(): ScriptLine[] {
  return [
    comment('directories'),
    ...code(
      '$shown = @("Identity", "InternalUrl", "ExternalUrl", "*Authentication", "ExtendedProtectionTokenChecking")',
      '$directories = @(Get-WebServicesVirtualDirectory)',
      '$directories | Format-List $shown',
      'Get-AutodiscoverVirtualDirectory | Format-List $shown',
    ),
    comment('before-file'),
    ...code(
      'if (-not (Test-Path $BeforeFile)) {',
      '    $directories | ForEach-Object {',
      '        [pscustomobject]@{',
      '            Identity = "$($_.Identity)"; InternalUrl = "$($_.InternalUrl)"; ExternalUrl = "$($_.ExternalUrl)"',
      '            WindowsAuthentication = [bool]$_.WindowsAuthentication',
      '        }',
      '    } | Export-Clixml $BeforeFile',
      '}',
    ),
    comment('directories-unchanged'),
    ...code(
      'foreach ($directory in $directories) {',
      "    if ($EwsUrl -ne '' -and ($directory.InternalUrl -ne $EwsUrl -or $directory.ExternalUrl -ne $EwsUrl)) {",
      '        Set-WebServicesVirtualDirectory -Identity $directory.Identity -InternalUrl $EwsUrl -ExternalUrl $EwsUrl',
      '    }',
    ),
    comment('windows-authentication', {}, 4),
    ...code(
      '    if (-not $directory.WindowsAuthentication) {',
      '        Set-WebServicesVirtualDirectory -Identity $directory.Identity -WindowsAuthentication $true',
      '    }',
      '}',
      '',
    ),
  ]
}

function impersonation(): ScriptLine[] {
  return [
    comment('impersonation'),
    say("if ($Account -eq '') { Write-Host ", 'say-account-missing', '; return }'),
    ...code("$assignment = @{ Name = $AssignmentName; Role = 'ApplicationImpersonation'; User = $Account }"),
    comment('impersonation-scope'),
    ...code(
      'if ($Mailboxes.Count -gt 0) {',
      '    $group = Get-DistributionGroup -Identity $GroupName -ErrorAction SilentlyContinue',
      '    if (-not $group) { $group = New-DistributionGroup -Name $GroupName -Type Security }',
      '    $members = @(Get-DistributionGroupMember -Identity $group.Identity -ResultSize Unlimited | ForEach-Object { "$($_.PrimarySmtpAddress)" })',
      '    foreach ($mailbox in $Mailboxes) {',
      '        $address = "$((Get-Mailbox -Identity $mailbox).PrimarySmtpAddress)"',
      '        if ($address -notin $members) { Add-DistributionGroupMember -Identity $group.Identity -Member $address }',
      '    }',
      `    $filter = "MemberOfGroup -eq '" + $group.DistinguishedName.Replace("'", "''") + "'"`,
      '    if (-not (Get-ManagementScope -Identity $ScopeName -ErrorAction SilentlyContinue)) {',
      '        New-ManagementScope -Name $ScopeName -RecipientRestrictionFilter $filter | Out-Null',
      '    }',
      '    $assignment.CustomRecipientWriteScope = $ScopeName',
      '}',
      'if (-not (Get-ManagementRoleAssignment -Identity $AssignmentName -ErrorAction SilentlyContinue)) {',
      '    New-ManagementRoleAssignment @assignment | Out-Null',
      '}',
      'Get-ManagementRoleAssignment -Identity $AssignmentName | Format-List Name, Role, RoleAssigneeName, CustomRecipientWriteScope',
    ),
  ]
}
