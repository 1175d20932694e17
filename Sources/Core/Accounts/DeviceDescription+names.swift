extension DeviceDescription {
    /// A program, named as people know it.
    public enum Browser: String, Sendable, CaseIterable {
        case chrome = "Chrome"
        case duckDuckGo = "DuckDuckGo"
        case edge = "Edge"
        case firefox = "Firefox"
        case internetExplorer = "Internet Explorer"
        case opera = "Opera"
        case safari = "Safari"
        case samsungInternet = "Samsung Internet"
        case vivaldi = "Vivaldi"
        case yandex = "Yandex Browser"
        case curl
        case go = "Go"
        case httpie = "HTTPie"
        case insomnia = "Insomnia"
        case postman = "Postman"
        case powerShell = "PowerShell"
        case python = "Python"
        case wget = "Wget"

        /// The product that tells each, the more special first: nearly all of them say Chrome and Safari as well.
        static let marks: [(product: String, browser: Browser)] = [
            ("Edg", .edge), ("EdgA", .edge), ("EdgiOS", .edge), ("Edge", .edge),
            ("OPR", .opera), ("Opera", .opera), ("OPT", .opera), ("OPiOS", .opera), ("OPX", .opera),
            ("SamsungBrowser", .samsungInternet), ("Vivaldi", .vivaldi), ("YaBrowser", .yandex),
            ("DuckDuckGo", .duckDuckGo), ("Ddg", .duckDuckGo),
            ("Trident", .internetExplorer), ("IEMobile", .internetExplorer),
            ("Firefox", .firefox), ("FxiOS", .firefox),
            ("CriOS", .chrome), ("Chrome", .chrome), ("HeadlessChrome", .chrome), ("Chromium", .chrome),
            ("Safari", .safari),
            ("curl", .curl), ("Wget", .wget), ("HTTPie", .httpie), ("PostmanRuntime", .postman),
            ("insomnia", .insomnia), ("Go-http-client", .go),
            ("python-requests", .python), ("Python-urllib", .python), ("python-httpx", .python), ("Python", .python),
            ("WindowsPowerShell", .powerShell), ("PowerShell", .powerShell),
        ]
    }

    /// A device, or the system it runs where that says more.
    public enum System: String, Sendable, CaseIterable {
        case android = "Android"
        case chromeOS = "ChromeOS"
        case freeBSD = "FreeBSD"
        case iPad
        case iPhone
        case linux = "Linux"
        case mac = "Mac"
        case openBSD = "OpenBSD"
        case windows = "Windows"

        /// The word that tells each, the more special first: Windows phones say all of Android, iPhone and Mac, and
        /// Android says Linux.
        static let marks: [(word: String, system: System)] = [
            ("Windows", .windows), ("iPad", .iPad), ("iPhone", .iPhone), ("iPod", .iPhone), ("Android", .android),
            ("CrOS", .chromeOS), ("Macintosh", .mac), ("FreeBSD", .freeBSD), ("OpenBSD", .openBSD), ("Linux", .linux),
        ]

        /// Where Safari is or was to be had.
        static let withSafari: Set<System?> = [.iPad, .iPhone, .mac, .windows]
    }
}
