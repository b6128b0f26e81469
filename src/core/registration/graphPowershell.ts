/** The registration with Microsoft Graph PowerShell: application, permission, consent, public client switch, secret. */
import { exchangeApplicationId, type CloudName } from '../settings/clouds.ts'
import { quoted } from './quoting.ts'
import { code, comment, say, scriptOf, type Script } from './script.ts'
import type { ScriptValues } from './values.ts'

/** Names of `Connect-MgGraph -Environment`; a cloud without one has to be connected to by hand. */
export const graphEnvironments: Readonly<Partial<Record<CloudName, string>>> = {
  global: 'Global',
  'gcc-high': 'USGov',
  dod: 'USGovDoD',
  china: 'China',
}

const ps = (value: string): string => quoted(value, 'powershell')

/** Safe to run twice; `-Undo` takes it back. The secret goes to the screen, once. */
export function graphPowershell(values: ScriptValues): Script {
  const whole = values.model !== 'some'
  const environment = graphEnvironments[values.cloud]
  const certificate = values.credential === 'certificate'
  return scriptOf('graph-powershell', 'powershell', [
    comment('head-graph-powershell'),
    comment('how-to-run-powershell', { file: 'ews-setup-graph-powershell.ps1' }),
    comment('needs-graph'),
    ...(whole ? [comment('who-consents')] : []),
    comment('twice'),
    comment('undo', { option: '-Undo' }),
    code('#Requires -Version 5.1', '#Requires -Modules Microsoft.Graph.Authentication, Microsoft.Graph.Applications'),
    code(
      certificate
        ? 'param([switch]$Undo, [Parameter(Mandatory)][string]$CertificateFile)'
        : 'param([switch]$Undo, [switch]$NewSecret)',
      "$ErrorActionPreference = 'Stop'",
      '',
    ),
    comment('values'),
    code(
      `$TenantId = ${ps(values.tenantId)}`,
      `$ClientId = ${ps(values.clientId)}`,
      `$AppName = ${ps(values.appName)}`,
      "$SecretName = 'EWS Setup'",
      '$SecretDays = 365',
      `$Exchange = ${ps(exchangeApplicationId)}`,
      '',
    ),
    comment('sign-in'),
    ...(environment === undefined ? [comment('cloud-unconfirmed')] : []),
    code(
      "$connect = @{ Scopes = @('Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All'); NoWelcome = $true }",
      ...(environment === undefined ? [] : [`$connect.Environment = ${ps(environment)}`]),
      "if ($TenantId -ne '') { $connect.TenantId = $TenantId }",
      'Connect-MgGraph @connect',
      '',
    ),
    comment('find-application'),
    code(
      `if ($ClientId -ne '') { $filter = "appId eq '" + $ClientId.Replace("'", "''") + "'" }`,
      `else { $filter = "displayName eq '" + $AppName.Replace("'", "''") + "'" }`,
      '$found = @(Get-MgApplication -Filter $filter -All)',
    ),
    say('if ($found.Count -gt 1) { throw ', 'say-two-applications', ' }'),
    comment('look-up-ids'),
    code(`$resource = Get-MgServicePrincipal -Filter "appId eq '$Exchange'"`),
    say('if (-not $resource) { throw ', 'say-no-exchange', ' }'),
    code(
      "$role = $resource.AppRoles | Where-Object { $_.Value -eq 'full_access_as_app' }",
      "$delegated = $resource.Oauth2PermissionScopes | Where-Object { $_.Value -eq 'EWS.AccessAsUser.All' }",
      '',
    ),
    undo(),
    comment('register'),
    code(
      "if ($found.Count -eq 0 -and $ClientId -eq '') { $app = New-MgApplication -DisplayName $AppName -SignInAudience 'AzureADMyOrg' }",
    ),
    say('elseif ($found.Count -eq 0) { throw ', 'say-nothing-found', ' }'),
    code('else { $app = $found[0] }'),
    comment('enterprise-application'),
    code(
      `$principal = Get-MgServicePrincipal -Filter "appId eq '$($app.AppId)'"`,
      'if (-not $principal) { $principal = New-MgServicePrincipal -AppId $app.AppId }',
    ),
    say('Write-Host ', 'say-registered'),
    code('Write-Host "  $($app.DisplayName)  $($app.AppId)"', ''),
    permission(values, whole),
    comment('public-client'),
    code('Update-MgApplication -ApplicationId $app.Id -IsFallbackPublicClient:$true', ''),
    ...(whole ? [consent()] : []),
    certificate ? certificateKey() : secret(),
    comment('result'),
    say('Write-Host ', 'say-enter-in-dialog'),
    code('Write-Host "  $((Get-MgContext).TenantId)"', 'Write-Host "  $($app.AppId)"'),
  ])
}

function undo() {
  return [
    code('if ($Undo) {'),
    say('    if ($found.Count -eq 0) { Write-Host ', 'say-nothing-found', '; return }'),
    comment('undo-consent', {}, 4),
    code(
      `    $principal = Get-MgServicePrincipal -Filter "appId eq '$($found[0].AppId)'"`,
      '    if ($principal) {',
      '        $given = @(Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -All |',
      '            Where-Object { $_.ResourceId -eq $resource.Id -and $_.AppRoleId -eq $role.Id })',
      '        foreach ($assignment in $given) {',
      '            Remove-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -AppRoleAssignmentId $assignment.Id',
      '        }',
      '    }',
    ),
    say('    Write-Host ', 'say-consent-removed'),
    comment('undo-registration', {}, 4),
    code('    Write-Host "  $($found[0].DisplayName)  $($found[0].AppId)"'),
    say('    $answer = Read-Host ', 'say-type-id-to-delete'),
    say('    if ($answer -ne $found[0].AppId) { Write-Host ', 'say-not-deleted', '; return }'),
    code('    Remove-MgApplication -ApplicationId $found[0].Id'),
    say('    Write-Host ', 'say-deleted'),
    code('    return', '}', ''),
  ].flat()
}

function permission(values: ScriptValues, whole: boolean) {
  const wanted = [
    ...(whole ? ["@{ id = $role.Id; type = 'Role' }"] : []),
    ...(values.delegated ? ["@{ id = $delegated.Id; type = 'Scope' }"] : []),
  ]
  return [
    comment(whole ? 'permission' : 'rbac-instead'),
    ...(values.delegated ? [comment('permission-delegated')] : []),
    ...(wanted.length === 0
      ? []
      : code(
          `$wanted = @(${wanted.join(', ')})`,
          '$others = @($app.RequiredResourceAccess | Where-Object { $_.ResourceAppId -ne $Exchange } | ForEach-Object {',
          '        @{ resourceAppId = $_.ResourceAppId; resourceAccess = @($_.ResourceAccess | ForEach-Object { @{ id = $_.Id; type = $_.Type } }) }',
          '    })',
          '$kept = @($app.RequiredResourceAccess | Where-Object { $_.ResourceAppId -eq $Exchange } | ForEach-Object { $_.ResourceAccess } |',
          '        Where-Object { $_.Id -notin $wanted.id } | ForEach-Object { @{ id = $_.Id; type = $_.Type } })',
          '$access = $others + @(@{ resourceAppId = $Exchange; resourceAccess = @($kept + $wanted) })',
          'Update-MgApplication -ApplicationId $app.Id -RequiredResourceAccess $access',
        )),
    ...code(''),
  ]
}

function consent() {
  return [
    comment('consent'),
    ...code(
      '$given = Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -All |',
      '    Where-Object { $_.ResourceId -eq $resource.Id -and $_.AppRoleId -eq $role.Id }',
      'if (-not $given) {',
      '    New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $principal.Id -PrincipalId $principal.Id `',
      '        -ResourceId $resource.Id -AppRoleId $role.Id | Out-Null',
      '}',
    ),
    say('Write-Host ', 'say-consented'),
    ...code(''),
  ]
}

function secret() {
  return [
    comment('secret'),
    ...code(
      '$usable = $app.PasswordCredentials | Where-Object { $_.DisplayName -eq $SecretName -and $_.EndDateTime -gt (Get-Date).ToUniversalTime() }',
      'if ($NewSecret -or -not $usable) {',
    ),
    say('    if ([Console]::IsOutputRedirected) { throw ', 'say-redirected', ' }'),
    ...code(
      '    $password = @{ displayName = $SecretName; endDateTime = (Get-Date).AddDays($SecretDays) }',
      '    $secret = Add-MgApplicationPassword -ApplicationId $app.Id -PasswordCredential $password',
    ),
    say('    Write-Host ', 'say-secret-once', ' -ForegroundColor Yellow'),
    ...code('    Write-Host $secret.SecretText', '    $secret = $null', '}'),
    say('else { Write-Host ', 'say-secret-kept', ' }'),
    ...code(''),
  ]
}

function certificateKey() {
  return [
    comment('certificate'),
    ...code(
      '$certificate = [System.Security.Cryptography.X509Certificates.X509Certificate2]::new((Resolve-Path $CertificateFile).Path)',
      '$known = $app.KeyCredentials | Where-Object { $_.DisplayName -eq $certificate.Thumbprint }',
      'if (-not $known) {',
      "    $key = @{ type = 'AsymmetricX509Cert'; usage = 'Verify'; key = $certificate.RawData; displayName = $certificate.Thumbprint }",
      '    Update-MgApplication -ApplicationId $app.Id -KeyCredentials (@($app.KeyCredentials) + @($key))',
      '}',
    ),
    say('else { Write-Host ', 'say-certificate-there', ' }'),
    ...code(''),
  ]
}
