; Inno Setup 6.3 or newer; packaging/build-windows.ps1 calls it with the version of pyproject.toml:
;   ISCC.exe /DVersion=1.2.3 packaging\windows\perfdesk.iss
; For one user, without an administrator. The user's data stay in %LOCALAPPDATA%\PerfDesk, whatever is installed or removed.

#ifndef Version
  #error Version is missing: call ISCC with /DVersion=...
#endif
#define Title "绩效填报台"
#define Window "perfdesk-window.exe"
#define Pack "PerfDesk.Pack"

[Setup]
AppId={{6E0C2F4B-2A53-4C1B-9B5B-6D0A4E6C7F21}
AppName={#Title}
AppVersion={#Version}
AppVerName={#Title} {#Version}
AppPublisher=PerfDesk
VersionInfoVersion={#Version}
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
PrivilegesRequired=lowest
DefaultDirName={localappdata}\Programs\PerfDesk
DisableProgramGroupPage=yes
DisableWelcomePage=no
UsePreviousAppDir=yes
CloseApplications=yes
ChangesAssociations=yes
SetupIconFile=..\..\build\perfdesk.ico
UninstallDisplayIcon={app}\{#Window}
UninstallDisplayName={#Title}
OutputDir=..\..\dist
OutputBaseFilename=PerfDesk-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern

[Languages]
Name: "zh"; MessagesFile: "compiler:Default.isl,chinese.isl"

[Tasks]
Name: "desktop"; Description: "在桌面上放一个图标"

[InstallDelete]
; Modules of an older version must not stay among the new ones.
Type: filesandordirs; Name: "{app}\_internal"
Type: filesandordirs; Name: "{app}\licenses"

[Files]
Source: "..\..\dist\perfdesk\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{autoprograms}\{#Title}"; Filename: "{app}\{#Window}"
Name: "{autodesktop}\{#Title}"; Filename: "{app}\{#Window}"; Tasks: desktop

[Registry]
Root: HKA; Subkey: "Software\Classes\.pdpack"; ValueType: string; ValueData: "{#Pack}"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\{#Pack}"; ValueType: string; ValueData: "绩效填报台表样包"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#Pack}\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Window},0"
Root: HKA; Subkey: "Software\Classes\{#Pack}\shell\open\command"; ValueType: string; ValueData: """{app}\{#Window}"" ""%1"""

[Run]
Filename: "{app}\{#Window}"; Description: "打开{#Title}"; Flags: nowait postinstall skipifsilent
