import Core
import Foundation
import Testing

@testable import Mail

/// Values that try to leave their place in HTML.
struct EscapingTests {
    private static let payloads = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        // A quote and a combining mark are one Character, and still end an attribute in a browser.
        "\"\u{301} onmouseover=alert(1) x=\"\u{338}",
        "'\u{20D2} onfocus=alert(1)",
        "<\u{338}script>alert(1)</script>",
        "&\u{301}lt;",
        "`\u{300}alert(1)`",
        "{{{link}}}{{&link}}{{#section}}x{{/section}}",
        "\u{0}<\u{0}img>",
    ]

    private static let files =
        [
            TemplateFile("subject/layout", "{{$subject}}{{/subject}}"),
            TemplateFile("html/layout", "<b title=\"{{value}}\">{{$body}}{{/body}}</b>{{>part}}"),
            TemplateFile("html/part", "<i title='{{value}}'>{{value}}</i>"),
            TemplateFile("text/layout", "{{$body}}{{/body}}|{{value}}|{{>part}}"),
            TemplateFile("text/part", "{{value}}"),
        ]
        + Language.allCases.map { language in
            TemplateFile(
                "\(language.rawValue)/sample",
                "{{<layout}}{{$subject}}{{value}}{{/subject}}{{$body}}{{value}}{{/body}}{{/layout}}")
        }

    @Test(arguments: payloads) func `no value leaves its place in HTML, in no part of it`(payload: String) throws {
        let templates = try MailTemplates(Self.files)
        let html = try templates.render(MailKind("sample"), in: .english, ["value": payload]).html
        let own = "<b title=\"\"></b><i title=''></i>"
        let escaped = HTMLEscaping().escapeText(payload)
        #expect(html == "<b title=\"\(escaped)\">\(escaped)</b><i title='\(escaped)'>\(escaped)</i>\n")
        for byte in ["<", ">", "\"", "'"].map({ $0.utf8.first }) {
            #expect(html.utf8.count { $0 == byte } == own.utf8.count { $0 == byte }, "\(payload)")
        }
        #expect(!html.utf8.contains(UInt8(ascii: "`")))
    }

    @Test(arguments: payloads) func `text and subject are never escaped`(payload: String) throws {
        let templates = try MailTemplates(Self.files)
        let words = try templates.render(MailKind("sample"), in: .french, ["value": payload])
        #expect(words.text == "\(payload)|\(payload)|\(payload)\n")
        #expect(Array(words.subject.utf8) == Array(payload.utf8))
    }

    @Test func `a page for developers escapes what mails say`() throws {
        let templates = try MailTemplates()
        let html = try #require(
            templates.page(
                "mailbox",
                [
                    "product": "<p>", "templates": [] as [[String: String]],
                    "mails": [
                        ["subject": "<script>", "to": "\"\u{301}x", "text": "</pre>", "links": ["javascript:'"]]
                    ],
                ]))
        #expect(!html.contains("<script>"))
        #expect(html.components(separatedBy: "</pre>").count == 2)
        #expect(html.contains("&quot;\u{301}x"))
    }
}
