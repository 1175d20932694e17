import Foundation
import Testing

@testable import QRCodes

struct QRCodeTests {
    @Test(arguments: [
        "otpauth://totp/Plinth:ada%40example.com?secret=GEZDGNBVGY3TQOJQ&issuer=Plinth", "x", "Ünïcödé – 漢字",
        String(repeating: "a", count: QRCode.longestInBytes),
    ])
    func `a reader of another make reads the text`(text: String) throws {
        let code = try QRCode(text)
        let file = FileManager.default.temporaryDirectory.appending(path: "qr-\(code.width)-\(getpid()).pgm")
        try code.image(scale: 4).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try Self.read(file) == text)
    }

    @Test func `the image draws each dark module once, within a light border`() throws {
        let code = try QRCode("https://example.com")
        let size = code.width + 2 * QRCode.quietZone
        #expect(code.svg.hasPrefix(#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(size) \#(size)""#))
        #expect(code.svg.split(separator: "h1v1h-1z").count - 1 == code.modules.count { $0 })
        #expect(code.svg.contains("M4 4h1v1h-1z"))
        #expect(!code.svg.contains("script") && !code.svg.contains("style"))
    }

    @Test func `what no code holds is refused`() {
        for text in ["", String(repeating: "a", count: QRCode.longestInBytes + 1)] {
            #expect(throws: QRCode.TooLong.self) { try QRCode(text) }
        }
    }

    private static func read(_ file: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file.path()]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
}

extension QRCode {
    /// A grey image (portable graymap) of `scale` pixels a module, as a camera would have it.
    fileprivate func image(scale: Int) -> Data {
        let size = (width + 2 * Self.quietZone) * scale
        var image = Data("P5 \(size) \(size) 255\n".utf8)
        for y in 0..<size {
            for x in 0..<size {
                let (column, row) = (x / scale - Self.quietZone, y / scale - Self.quietZone)
                let isInside = (0..<width).contains(column) && (0..<width).contains(row)
                image.append(isInside && modules[row * width + column] ? 0 : 255)
            }
        }
        return image
    }
}
