import Core
import Testing

@testable import API

struct ProblemTests {
    @Test func `a problem has the shape of the contract`() throws {
        let problem = Problem(
            .validationFailed, errors: [ValidationError(pointer: "/email", .required)], requestID: "r1",
            language: .english)
        #expect(
            String(decoding: try JSONWriter.encode(problem), as: UTF8.self)
                == #"{"type":"urn:plinth:problem:validation_failed","title":"Invalid fields","status":422,"#
                + #""detail":"Correct the fields listed in errors and send the request again.","#
                + #""instance":"urn:plinth:request:r1","code":"validation_failed","request_id":"r1","#
                + #""errors":[{"pointer":"/email","code":"required","detail":"Fill in this field."}]}"#)
    }

    @Test(arguments: ProblemCode.allCases)
    func `every code has a status and words in every language`(code: ProblemCode) {
        #expect((400...599).contains(code.status))
        #expect(code.rawValue.wholeMatch(of: /[a-z_]+/) != nil)
        for language in Language.allCases {
            #expect(!code.title(in: language).isEmpty)
            #expect(code.detail(in: language).hasSuffix("."))
        }
        #expect(code.detail(in: .english) != code.detail(in: .french))
    }
}
