import Auth
import Foundation

@testable import Integrations

/// A browser that opens a page, fills in its form, and stops where it is sent away.
struct TestBrowser {
    /// It shows a page and is not sent anywhere.
    struct Stranded: Error, Equatable {
        let status: Int
    }

    private static let formType = ("content-type", "application/x-www-form-urlencoded")

    let http: OutboundHTTP

    /// Where the first form of a page leads, or the page itself when it is none.
    func fill(_ fields: [(String, String)], at url: String) async throws -> String {
        let page = try await http.get(url, headers: [])
        if let location = Self.location(page) { return location }
        guard page.status == 200 else { throw Stranded(status: page.status) }
        let form = String(decoding: page.body, as: UTF8.self).components(separatedBy: "</form>").first ?? ""
        let hidden = form.matches(of: #/<input type="hidden" name="([^"]*)" value="([^"]*)"/#)
            .map { (String($0.1), String($0.2)) }
        let cookies = page.headers.filter { $0.name.lowercased() == "set-cookie" }
            .map { String($0.value.prefix { $0 != ";" }) }
        let answer = try await http.post(
            url, headers: [Self.formType, ("cookie", cookies.joined(separator: "; "))],
            body: Array(PercentEncoding.encode(hidden + fields).utf8))
        guard let location = Self.location(answer) else { throw Stranded(status: answer.status) }
        return location
    }

    private static func location(_ answer: OutboundHTTP.Answer) -> String? {
        [302, 303].contains(answer.status) ? answer.header("location") : nil
    }
}
