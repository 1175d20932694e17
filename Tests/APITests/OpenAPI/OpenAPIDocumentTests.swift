import Foundation
import Testing

@testable import API

struct OpenAPIDocumentTests {
    private func document() throws -> JSONValue {
        try OpenAPIDocument.render(
            endpoints: APIDescription.all(),
            info: .init(title: "T", version: "1", summary: "S", serverURL: "http://localhost:8080"))
    }

    private func references(in value: JSONValue) -> [String] {
        switch value {
        case .array(let elements): elements.flatMap(references)
        case .object(let object):
            object.members.flatMap { $0.name == "$ref" ? [$0.value.text ?? ""] : references(in: $0.value) }
        default: []
        }
    }

    @Test func `every reference leads somewhere`() throws {
        let document = try document()
        let references = references(in: document)
        #expect(references.count > 100)
        for reference in Set(references) {
            let steps = reference.split(separator: "/").dropFirst()
            #expect(steps.reduce(document as JSONValue?) { $0?[String($1)] } != nil, "\(reference)")
        }
    }

    @Test func `every endpoint is there with its answers, parameters and errors`() throws {
        let document = try document()
        for endpoint in try APIDescription.all() {
            let operation = document["paths"]?[endpoint.path.description]?[endpoint.method.rawValue.lowercased()]
            #expect(operation?["operationId"]?.text == endpoint.id)
            for form in endpoint.answers { #expect(operation?["responses"]?[String(form.status)] != nil) }
            for code in endpoint.errors {
                let codes = operation?["responses"]?[String(code.status)]?["x-problem-codes"]?.elements
                #expect(codes?.contains(.string(code.rawValue)) == true, "\(endpoint.id) \(code)")
            }
            let names = (operation?["parameters"]?.elements ?? []).compactMap { $0["name"]?.text }
            for name in endpoint.path.parameterNames { #expect(names.contains(name)) }
            #expect((operation?["requestBody"] != nil) == (endpoint.body != nil))
        }
    }

    @Test func `names of components are those OpenAPI allows`() throws {
        let names = try document()["components"]?["schemas"]?.object?.names ?? []
        #expect(names.contains("User") && names.contains("SessionList") && names.contains("Problem"))
        for name in names { #expect(name.wholeMatch(of: /[a-zA-Z0-9._-]+/) != nil) }
        #expect(names.filter { $0.hasSuffix("Input") || $0.hasSuffix("Output") } == [])
    }

    @Test func `who may call is said for each operation`() throws {
        let paths = try document()["paths"]
        #expect(paths?["/api/v1/auth/login"]?["post"]?["security"] == [])
        #expect(
            paths?["/api/v1/users/me"]?["get"]?["security"]
                == [["bearer": []], ["cookie": []], ["apiKey": ["users:read"]]])
        #expect(paths?["/api/v1/users/me/sessions"]?["get"]?["security"] == [["bearer": []], ["cookie": []]])
    }

    @Test func `one status may answer with a body or a problem`() throws {
        let content = try document()["paths"]?["/health/ready"]?["get"]?["responses"]?["503"]?["content"]?.object
        #expect(content?.names == ["application/json", "application/problem+json"])
    }

    @Test func `a type that differs by direction has two names`() throws {
        var components = SchemaComponents()
        let schema = try Schema(recording: TokenResponse.self)
        #expect(components.reference(to: schema, .response) == ["$ref": "#/components/schemas/TokenResponse"])
        #expect(components.reference(to: schema, .request) == ["$ref": "#/components/schemas/TokenResponseInput"])
        #expect(components.reference(to: schema, .request) == ["$ref": "#/components/schemas/TokenResponseInput"])
    }

    @Test func `the same endpoints give the same bytes, and Foundation reads them`() throws {
        let bytes = JSONWriter.encode(try document())
        #expect(JSONWriter.encode(try document()) == bytes)
        #expect(try JSONSerialization.jsonObject(with: Data(bytes)) is [String: Any])
    }
}
