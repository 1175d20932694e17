import Core
import Testing

struct DeviceDescriptionTests {
    private static let webKit = "AppleWebKit/537.36 (KHTML, like Gecko)"
    private static let mobileWebKit = "AppleWebKit/605.1.15 (KHTML, like Gecko)"

    @Test(arguments: [
        ("Edge on Windows", "(Windows NT 10.0; Win64; x64) \(webKit) Chrome/127.0.0.0 Safari/537.36 Edg/127.0.2651.98"),
        (
            "Edge on Windows",
            "(Windows NT 10.0; Win64; x64) \(webKit) Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763"
        ),
        (
            "Edge on Windows",
            "(Windows Phone 10.0; Android 6.0.1; Microsoft; Lumia 950) \(webKit) Chrome/52.0.2743.116 Mobile "
                + "Safari/537.36 Edge/15.15063"
        ),
        (
            "Edge on Mac",
            "(Macintosh; Intel Mac OS X 10_15_7) \(webKit) Chrome/127.0.0.0 Safari/537.36 Edg/127.0.2651.98"
        ),
        ("Edge on Linux", "(X11; Linux x86_64) \(webKit) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.87"),
        (
            "Edge on Android",
            "(Linux; Android 10; HD1913) \(webKit) Chrome/127.0.6533.103 Mobile Safari/537.36 EdgA/127.0.2651.90"
        ),
        (
            "Edge on iPhone",
            "(iPhone; CPU iPhone OS 17_6_1 like Mac OS X) \(mobileWebKit) Version/17.0 EdgiOS/127.2651.102 "
                + "Mobile/15E148 Safari/605.1.15"
        ),
        (
            "Edge on iPad",
            "(iPad; CPU OS 16_1 like Mac OS X) \(mobileWebKit) EdgiOS/120.0.2210.150 Version/16.0 Mobile/15E148 "
                + "Safari/604.1"
        ),
        ("Opera on Windows", "(Windows NT 10.0; Win64; x64) \(webKit) Chrome/126.0.0.0 Safari/537.36 OPR/112.0.0.0"),
        (
            "Opera on Mac",
            "(Macintosh; Intel Mac OS X 10_13_6) \(webKit) Chrome/76.0.3809.100 Safari/537.36 OPR/63.0.3368.35"
        ),
        (
            "Opera on Android",
            "(Linux; Android 10; K) \(webKit) Chrome/131.0.0.0 Mobile Safari/537.36 OPR/76.2.4027.73374"
        ),
        (
            "Opera on iPhone",
            "(iPhone; CPU iPhone OS 12_4 like Mac OS X) \(mobileWebKit) Version/12.1.1 Mobile/15E148 Safari/604.1 "
                + "OPT/2.0.4"
        ),
        (
            "Samsung Internet on Android",
            "(Linux; Android 13; SAMSUNG SM-S918B) \(webKit) SamsungBrowser/21.0 Chrome/110.0.5481.154 Mobile "
                + "Safari/537.36"
        ),
        (
            "Samsung Internet on Android",
            "(Linux; Android 10; K) \(webKit) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36"
        ),
        ("Vivaldi on Linux", "(X11; Linux x86_64) \(webKit) Chrome/126.0.0.0 Safari/537.36 Vivaldi/6.8.3381.44"),
        (
            "Yandex Browser on Windows",
            "(Windows NT 10.0; Win64; x64) \(webKit) Chrome/124.0.0.0 YaBrowser/24.6.0.0 Safari/537.36"
        ),
        (
            "DuckDuckGo on Android",
            "(Linux; Android 12) \(webKit) Version/4.0 Chrome/104.0.5112.97 Mobile DuckDuckGo/5 Safari/537.36"
        ),
        (
            "DuckDuckGo on Mac",
            "(Macintosh; Intel Mac OS X 10_15_7) \(mobileWebKit) Version/16.5 Safari/605.1.15 Ddg/17.2"
        ),
        ("Firefox on Windows", "(Windows NT 10.0; Win64; x64; rv:129.0) Gecko/20100101 Firefox/129.0"),
        ("Firefox on Mac", "(Macintosh; Intel Mac OS X 14.6; rv:129.0) Gecko/20100101 Firefox/129.0"),
        ("Firefox on Linux", "(X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"),
        ("Firefox on Linux", "(X11; Ubuntu; Linux x86_64; rv:21.0) Gecko/20130331 Firefox/21.0"),
        ("Firefox on FreeBSD", "(X11; FreeBSD amd64; rv:127.0) Gecko/20100101 Firefox/127.0"),
        ("Firefox on OpenBSD", "(X11; OpenBSD amd64; rv:127.0) Gecko/20100101 Firefox/127.0"),
        ("Firefox on Android", "(Android 14; Mobile; rv:129.0) Gecko/129.0 Firefox/129.0"),
        (
            "Firefox on iPhone",
            "(iPhone; CPU iPhone OS 17_6 like Mac OS X) \(mobileWebKit) FxiOS/129.0 Mobile/15E148 Safari/605.1.15"
        ),
        (
            "Firefox on iPad",
            "(iPad; CPU OS 15_7 like Mac OS X) \(mobileWebKit) FxiOS/104.0 Mobile/15E148 Safari/605.1.15"
        ),
        ("Chrome on Windows", "(Windows NT 10.0; Win64; x64) \(webKit) Chrome/127.0.0.0 Safari/537.36"),
        ("Chrome on Mac", "(Macintosh; Intel Mac OS X 10_15_7) \(webKit) Chrome/127.0.0.0 Safari/537.36"),
        ("Chrome on Linux", "(X11; Linux x86_64) \(webKit) HeadlessChrome/126.0.6478.126 Safari/537.36"),
        (
            "Chrome on Linux",
            "(X11; Linux x86_64) \(webKit) Ubuntu Chromium/80.0.3987.87 Chrome/80.0.3987.87 Safari/537.36"
        ),
        ("Chrome on ChromeOS", "(X11; CrOS x86_64 14541.0.0) \(webKit) Chrome/127.0.0.0 Safari/537.36"),
        ("Chrome on Android", "(Linux; Android 10; K) \(webKit) Chrome/127.0.6533.103 Mobile Safari/537.36"),
        (
            "Chrome on Android",
            "(Linux; Android 14; Pixel 8 Build/AP2A.240805.005; wv) \(webKit) Version/4.0 Chrome/129.0.6668.81 "
                + "Mobile Safari/537.36"
        ),
        (
            "Chrome on Android",
            "(Linux; Android 11; motorola edge; Edge Opera) \(webKit) Chrome/96.0.4664.45 Mobile Safari/537.36"
        ),
        (
            "Chrome on iPhone",
            "(iPhone; CPU iPhone OS 17_6 like Mac OS X) \(mobileWebKit) CriOS/127.0.6533.107 Mobile/15E148 "
                + "Safari/604.1"
        ),
        (
            "Chrome on iPad",
            "(iPad; CPU OS 17_6 like Mac OS X) \(mobileWebKit) CriOS/127.0.6533.107 Mobile/15E148 Safari/604.1"
        ),
        ("Safari on Mac", "(Macintosh; Intel Mac OS X 10_15_7) \(mobileWebKit) Version/17.5 Safari/605.1.15"),
        (
            "Safari on iPhone",
            "(iPhone; CPU iPhone OS 17_5 like Mac OS X) \(mobileWebKit) Version/17.5 Mobile/15E148 Safari/604.1"
        ),
        (
            "Safari on iPad",
            "(iPad; CPU OS 12_5 like Mac OS X) \(mobileWebKit) Version/12.1.2 Mobile/15E148 Safari/604.1"
        ),
        (
            "Safari on iPhone",
            "(iPod touch; CPU iPhone OS 12_5_7 like Mac OS X) \(mobileWebKit) Version/12.1.2 Mobile/15E148 Safari/604.1"
        ),
        (
            "Safari on Windows",
            "(Windows; U; Windows NT 6.1; en-US) AppleWebKit/533.19.4 (KHTML, like Gecko) Version/5.0.3 "
                + "Safari/533.19.4"
        ),
        ("Internet Explorer on Windows", "(Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko"),
        (
            "Internet Explorer on Windows",
            "(Mobile; Windows Phone 8.1; Android 4.0; ARM; Trident/7.0; Touch; rv:11.0; IEMobile/11.0; NOKIA; "
                + "Lumia 520) like iPhone OS 7_0_3 Mac OS X AppleWebKit/537 (KHTML, like Gecko) Mobile Safari/537"
        ),
        ("PowerShell on Windows", "(Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.22621.2506"),
        // No Safari was ever made for these.
        ("Linux", "(X11; Linux x86_64) \(mobileWebKit) Version/17.0 Safari/605.1.15"),
        (
            "Android",
            "(Linux; U; Android 4.0.4; en-gb; GT-I9300 Build/IMM76D) AppleWebKit/534.30 (KHTML, like Gecko) "
                + "Version/4.0 Mobile Safari/534.30"
        ),
        // An app's own view of the web.
        (
            "iPhone",
            "(iPhone; CPU iPhone OS 16_0 like Mac OS X) \(mobileWebKit) Mobile/15E148 [FBAN/FBIOS;FBDV/iPhone14]"
        ),
    ])
    func `browsers are called as people call them`(expected: String, userAgent: String) {
        #expect(DeviceDescription(userAgent: "Mozilla/5.0 " + userAgent)?.text == expected)
    }

    @Test(arguments: [
        ("curl", "curl/8.5.0"), ("Wget", "Wget/1.21.4"), ("HTTPie", "HTTPie/3.2.2"),
        ("Postman", "PostmanRuntime/7.39.0"),
        ("Insomnia", "insomnia/9.3.2"), ("Go", "Go-http-client/2.0"), ("Python", "python-requests/2.32.3"),
        ("Python", "Python-urllib/3.12"), ("Python", "python-httpx/0.27.0"), ("Python", "Python/3.12 aiohttp/3.9.5"),
        ("curl", "curl/7.29.0 (x86_64-redhat-linux-gnu) libcurl/7.29.0 NSS/3.90 zlib/1.2.7"),
        (
            "PowerShell on Mac",
            "Mozilla/5.0 (Macintosh; Darwin 23.5.0 Darwin Kernel Version 23.5.0; en-US) PowerShell/7.4.3"
        ),
        ("Opera on Windows", "Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18"),
        ("Opera on Android", "Opera/9.80 (Android; Opera Mini/36.2.2254/191.249; U; en) Presto/2.12.423 Version/12.16"),
        ("Internet Explorer on Windows", "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)"),
    ])
    func `other programs are known too`(expected: String, userAgent: String) {
        #expect(DeviceDescription(userAgent: userAgent)?.text == expected)
    }

    @Test(arguments: [
        "", " ", "/", "///", "Mozilla/5.0", "Mozilla", "Firefox", "curl", "xcurl/8", "Mozilla/5.0 (compatible; bot)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "okhttp/4.12.0", "firefoxy/1",
        "Safari/605.1.15", "\u{0}", "\u{202E}xoferiF/1", "()();;[]", "<script>alert(1)</script>", "🦊/128",
    ])
    func `nothing is made up`(userAgent: String) {
        #expect(DeviceDescription(userAgent: userAgent) == nil)
    }

    @Test func `browser and system are there apart`() {
        let both = DeviceDescription(userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0")
        #expect(both?.browser == .firefox)
        #expect(both?.system == .linux)
        #expect(both.map { "\($0)" } == "Firefox on Linux")
        let program = DeviceDescription(userAgent: "curl/8.5.0")
        #expect(program?.browser == .curl)
        #expect(program?.system == nil)
        let system = DeviceDescription(userAgent: "SomeApp/1 (Android 14)")
        #expect(system?.browser == nil)
        #expect(system?.system == .android)
    }

    @Test(arguments: [(0, true), (502, true), (503, true), (504, false), (512, false), (1_000_000, false)])
    func `512 bytes are looked at`(before: Int, isSeen: Bool) {
        // `Firefox/` is eight bytes, and a blank comes before it.
        let userAgent = String(repeating: "a", count: before) + " Firefox/128"
        #expect((DeviceDescription(userAgent: userAgent) != nil) == isSeen)
    }

    @Test func `no text does harm, and only known names come out`() {
        let pieces = [
            "Firefox", "/", " ", "(", ")", ";", "Linux", "é", "🦊", "\u{0}", "\r\n", "Edg", "[", "\u{202E}", "a",
        ]
        let names = Set(
            DeviceDescription.Browser.allCases.map(\.rawValue) + DeviceDescription.System.allCases.map(\.rawValue))
        var state: UInt64 = 1
        for _ in 0..<2000 {
            var text = ""
            for _ in 0..<40 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count]
            }
            guard let found = DeviceDescription(userAgent: text)?.text else { continue }
            #expect(Set(found.split(separator: " on ").map(String.init)).isSubset(of: names), "\(found)")
        }
    }
}
