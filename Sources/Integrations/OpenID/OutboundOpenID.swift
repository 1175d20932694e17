public import Auth
import Core

/// How requests reach a provider that people sign in with.
public struct OutboundOpenID: OpenIDTransport {
    private let http: OutboundHTTP

    public init(http: OutboundHTTP) {
        self.http = http
    }

    public func get(_ url: String, bearerToken: BearerToken?) async throws -> OpenIDResponse {
        var headers = [("accept", "application/json")]
        if let bearerToken { headers.append(("authorization", bearerToken.authorization)) }
        return Self.response(try await http.get(url, headers: headers))
    }

    public func post(
        form: [(String, String)], to url: String, basicCredentials: BasicCredentials?
    ) async throws -> OpenIDResponse {
        var headers = [
            ("accept", "application/json"), ("content-type", "application/x-www-form-urlencoded"),
        ]
        if let basicCredentials { headers.append(("authorization", basicCredentials.authorization)) }
        return Self.response(
            try await http.post(url, headers: headers, body: Array(PercentEncoding.encode(form).utf8)))
    }

    private static func response(_ answer: OutboundHTTP.Answer) -> OpenIDResponse {
        OpenIDResponse(status: answer.status, contentType: answer.header("content-type"), body: answer.body)
    }
}
