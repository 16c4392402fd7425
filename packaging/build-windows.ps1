# 在 Windows 10/11（64 位）上一步做出程序文件夹和安装程序：
#
#     powershell -ExecutionPolicy Bypass -File packaging\build-windows.ps1
#
# 先装好：Python 3.11（64 位，python.org 的安装包）和 Inno Setup 6.3 以上。
# 没有网络时：在有网络的电脑上 pip download requirements-build.lock 里的轮子，再加 -Wheels 文件夹。
param(
    [string]$Python = "",
    [string]$Wheels = "",
    [string]$Iscc = "",
    [switch]$NoSetup
)
$ErrorActionPreference = "Stop"
$Root = Split-Path -Parent $PSScriptRoot
$Venv = Join-Path $Root ".venv-windows"
$VenvPython = Join-Path $Venv "Scripts\python.exe"

function Stop-Here([string]$Message) {
    Write-Host $Message -ForegroundColor Red
    exit 1
}

function Invoke-Step([string]$Program, [string[]]$Arguments, [string]$Failed) {
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { Stop-Here $Failed }
}

if (-not $Python) {
    $Launcher = Get-Command py -ErrorAction SilentlyContinue
    if ($Launcher) { $Python = (& py -3.11 -c "import sys; print(sys.executable)") }
}
if (-not $Python) { Stop-Here "没有找到 Python 3.11。请先安装，或用 -Python 指明 python.exe。" }
$Bits = & $Python -c "import struct, sys; print(struct.calcsize('P') * 8, sys.version_info >= (3, 11))"
if ($Bits -ne "64 True") { Stop-Here "需要 64 位的 Python 3.11 或更高版本：$Python" }

if (-not (Test-Path $VenvPython)) {
    Invoke-Step $Python @("-m", "venv", $Venv) "建不起 $Venv。"
}
$Pip = @("-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:")
if ($Wheels) { $Pip += @("--no-index", "-f", $Wheels) }
$Lock = Join-Path $Root "packaging\requirements-build.lock"
Invoke-Step $VenvPython ($Pip + @("-r", $Lock)) "依赖没有装全：$Lock"
Set-Content -Encoding utf8 (Join-Path $Venv "Lib\site-packages\perfdesk-source.pth") $Root

$env:PYTHONUTF8 = "1"
$env:QT_QPA_PLATFORM = "offscreen"
Push-Location $Root
try {
    Invoke-Step $VenvPython @("packaging\package.py") "程序没有做成，或没有通过检查（见上方）。"
    if ($NoSetup) { exit 0 }
    if (-not $Iscc) {
        $Places = @("${env:ProgramFiles(x86)}\Inno Setup 6\ISCC.exe", "$env:ProgramFiles\Inno Setup 6\ISCC.exe", "$env:LOCALAPPDATA\Programs\Inno Setup 6\ISCC.exe")
        $Iscc = $Places | Where-Object { Test-Path $_ } | Select-Object -First 1
    }
    if (-not $Iscc) { Stop-Here "没有找到 Inno Setup 6 的 ISCC.exe；程序文件夹已在 dist\perfdesk。" }
    $Version = & $VenvPython -c "import sys; sys.path.insert(0, 'packaging'); import project; print(project.version())"
    Invoke-Step $Iscc @("/Qp", "/DVersion=$Version", "packaging\windows\perfdesk.iss") "安装程序没有做成。"
    Write-Host "dist\PerfDesk-$Version-setup.exe"
}
finally {
    Pop-Location
}
