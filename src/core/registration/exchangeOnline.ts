/** Exchange Online PowerShell: RBAC for Applications limited to chosen mailboxes, and `EwsAllowedAppIDs`, merged and never overwritten. */
import type { CloudName } from '../settings/clouds.ts'
import { graphEnvironments } from './graphPowershell.ts'
import { endOfEwsOnline } from './retirement.ts'
import { quoted, quotedList } from './quoting.ts'
import { code, comment, say, scriptOf, type Script, type ScriptLine } from './script.ts'
import { undoScopedRole } from './undoScopedRole.ts'
import type { ScriptValues } from './values.ts'

/** Names of `Connect-ExchangeOnline -ExchangeEnvironmentName`; a cloud without one has to be connected to by hand. */
const environments: Readonly<Partial<Record<CloudName, string>>> = {
  global: 'O365Default',
  'gcc-high': 'O365USGovGCCHigh',
  dod: 'O365USGovDoD',
  china: 'O365China',
}

const ps = (value: string): string => quoted(value, 'powershell')

export function exchangeOnline(values: ScriptValues): Script {
  const some = values.model === 'some'
  const environment = environments[values.cloud]
  return scriptOf('exchange-online', 'powershell', [
    comment('head-exchange-online'),
    comment('how-to-run-powershell', { file: 'ews-setup-exchange-online.ps1' }),
    comment('needs-exchange-online'),
    comment('retirement', { date: endOfEwsOnline }),
    comment('twice'),
    comment('undo', { option: '-Undo' }),
    code(
      '#Requires -Version 5.1',
      `#Requires -Modules ExchangeOnlineManagement${some ? ', Microsoft.Graph.Authentication, Microsoft.Graph.Applications' : ''}`,
    ),
    code('param([switch]$Undo)', "$ErrorActionPreference = 'Stop'", ''),
    comment('values'),
    code(
      `$ClientId = ${ps(values.clientId)}`,
      ...(some ? [`$TenantId = ${ps(values.tenantId)}`, `$AppName = ${ps(values.appName)}`] : []),
      `$Mailboxes = ${quotedList(values.mailboxes)}`,
    ),
    ...(some
      ? code(
          "$GroupName = $AppName + ' EWS Mailboxes'",
          "$ScopeName = $AppName + ' EWS Scope'",
          "$AssignmentName = $AppName + ' EWS.AccessAsApp'",
          `$Role = 'Application EWS.AccessAsApp'`,
        )
      : []),
    say("if ($ClientId -eq '') { throw ", 'say-client-id-missing', ' }'),
    code(''),
    comment('sign-in'),
    environment === undefined
      ? comment('cloud-unconfirmed')
      : code(`Connect-ExchangeOnline -ExchangeEnvironmentName ${environment} -ShowBanner:$false`),
    ...(some ? objectId(values) : []),
    code(''),
    code('if ($Undo) {'),
    ...(some ? [...undoScopedRole(), say('    Write-Host ', 'say-service-principal-kept')] : []),
    ...undoAllowList(),
    code('    return', '}', ''),
    ...(some ? role() : [comment('all-mailboxes'), ...code('')]),
    ...allowList(),
    ...mailboxSwitch(),
    ...(some ? authorizationTest() : []),
  ])
}

function objectId(values: ScriptValues): ScriptLine[] {
  const environment = graphEnvironments[values.cloud]
  return [
    comment('object-id'),
    ...code(
      `$connect = @{ Scopes = @('Application.Read.All'); NoWelcome = $true${environment === undefined ? '' : `; Environment = ${ps(environment)}`} }`,
      "if ($TenantId -ne '') { $connect.TenantId = $TenantId }",
      'Connect-MgGraph @connect',
      `$filter = "appId eq '" + $ClientId.Replace("'", "''") + "'"`,
      '$enterprise = Get-MgServicePrincipal -Filter $filter',
    ),
    say('if (-not $enterprise) { throw ', 'say-nothing-found', ' }'),
  ]
}

function role(): ScriptLine[] {
  return [
    comment('consent-defeats'),
    comment('service-principal'),
    ...code(
      '$principal = Get-ServicePrincipal | Where-Object { $_.AppId -eq $ClientId }',
      'if (-not $principal) { $principal = New-ServicePrincipal -AppId $ClientId -ObjectId $enterprise.Id -DisplayName $AppName }',
      '',
    ),
    comment('group'),
    ...code(
      '$group = Get-DistributionGroup -Identity $GroupName -ErrorAction SilentlyContinue',
      'if (-not $group) { $group = New-DistributionGroup -Name $GroupName -Type Security }',
      '$members = @(Get-DistributionGroupMember -Identity $group.Identity -ResultSize Unlimited | ForEach-Object { $_.PrimarySmtpAddress })',
      'foreach ($mailbox in $Mailboxes) {',
      '    $address = (Get-Mailbox -Identity $mailbox).PrimarySmtpAddress',
      '    if ($address -notin $members) { Add-DistributionGroupMember -Identity $group.Identity -Member $address }',
      '}',
      '',
    ),
    comment('scope'),
    ...code(
      `$filter = "MemberOfGroup -eq '" + $group.DistinguishedName.Replace("'", "''") + "'"`,
      'if (Get-ManagementScope -Identity $ScopeName -ErrorAction SilentlyContinue) {',
      '    Set-ManagementScope -Identity $ScopeName -RecipientRestrictionFilter $filter',
      '}',
      'else { New-ManagementScope -Name $ScopeName -RecipientRestrictionFilter $filter | Out-Null }',
      '',
    ),
    comment('role'),
    ...code(
      'if (-not (Get-ManagementRoleAssignment -Identity $AssignmentName -ErrorAction SilentlyContinue)) {',
      '    New-ManagementRoleAssignment -Name $AssignmentName -App $enterprise.Id -Role $Role -CustomResourceScope $ScopeName | Out-Null',
      '}',
      '',
    ),
  ]
}

/** Reads, merges, asks where others could lose their access, and only then writes. */
function allowList(): ScriptLine[] {
  return [
    comment('allow-list'),
    comment('allow-list-meaning'),
    ...code(
      '$before = Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy',
      "$allowed = @(@($before.EwsAllowedAppIDs) -split ',' | ForEach-Object { $_.Trim() } | Where-Object { $_ -ne '' })",
    ),
    say('Write-Host ', 'say-allow-list-before'),
    ...code(
      'Write-Host "  EwsEnabled: $($before.EwsEnabled)"',
      `Write-Host "  EwsAllowedAppIDs: $($allowed -join ',')"`,
      'if ($ClientId -in $allowed -and $before.EwsEnabled -eq $true) {',
    ),
    say('    Write-Host ', 'say-allow-list-has'),
    ...code('}', 'else {', "    $answer = 'yes'", '    if ($allowed.Count -eq 0 -or $before.EwsEnabled -ne $true) {'),
    say('        Write-Host ', 'say-allow-list-would-block', ' -ForegroundColor Yellow'),
    say('        $answer = Read-Host ', 'say-continue'),
    ...code('    }', "    if ($answer -eq 'yes') {"),
    ...code(
      '        if ($ClientId -notin $allowed) {',
      "            Set-OrganizationConfig -EwsAllowedAppIDs ((@($allowed) + $ClientId) -join ',')",
      '        }',
      '        if ($before.EwsEnabled -ne $true) { Set-OrganizationConfig -EwsEnabled $true }',
    ),
    say('        Write-Host ', 'say-allow-list-written'),
    say('        Write-Host ', 'say-wait'),
    ...code('    }'),
    say('    else { Write-Host ', 'say-left-unchanged', ' }'),
    ...code('}', ''),
  ]
}

function mailboxSwitch(): ScriptLine[] {
  return [
    comment('mailbox-switch'),
    ...code(
      'foreach ($mailbox in $Mailboxes) {',
      '    $cas = Get-CASMailbox -Identity $mailbox',
      '    if ($cas.EwsEnabled -eq $false) { Set-CASMailbox -Identity $mailbox -EwsEnabled $true }',
      '    Get-CASMailbox -Identity $mailbox | Format-List Name, EwsEnabled, EwsApplicationAccessPolicy, EwsAllowList, EwsBlockList',
      '}',
    ),
  ]
}

function authorizationTest(): ScriptLine[] {
  return [
    ...code(''),
    comment('authorization-test'),
    say('Write-Host ', 'say-test'),
    ...code(
      'foreach ($mailbox in $Mailboxes) {',
      '    Test-ServicePrincipalAuthorization -Identity $enterprise.Id -Resource $mailbox | Format-Table',
      '}',
    ),
  ]
}

function undoAllowList(): ScriptLine[] {
  return [
    comment('undo-allow-list', {}, 4),
    ...code(
      '    $before = Get-OrganizationConfig -RetrieveEwsOperationAccessPolicy',
      "    $allowed = @(@($before.EwsAllowedAppIDs) -split ',' | ForEach-Object { $_.Trim() } | Where-Object { $_ -ne '' })",
      '    $rest = @($allowed | Where-Object { $_ -ne $ClientId })',
      '    if ($rest.Count -lt $allowed.Count) {',
      '        if ($rest.Count -eq 0) {',
      '            Set-OrganizationConfig -EwsAllowedAppIDs $null',
    ),
    say('            Write-Host ', 'say-list-empty', ' -ForegroundColor Yellow'),
    ...code('        }', "        else { Set-OrganizationConfig -EwsAllowedAppIDs ($rest -join ',') }"),
    say('        Write-Host ', 'say-wait'),
    ...code('    }'),
    say('    else { Write-Host ', 'say-left-unchanged', ' }'),
  ]
}
