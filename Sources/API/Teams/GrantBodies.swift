public import Core

/// Which grant of which team a path names.
public struct GrantPath: Codable, Sendable, Equatable {
    public let team: ID<Team>
    public let grant: ID<TeamGrant>

    public init(team: ID<Team>, grant: ID<TeamGrant>) {
        self.team = team
        self.grant = grant
    }
}

/// Which grants are listed.
public struct GrantQuery: Codable, Sendable, Equatable {
    public let resourceType: ResourceTypeText?
    public let resourceID: ResourceIDText?
    public let limit: PageLimit?
    public let cursor: Cursor?

    public init(
        resourceType: ResourceTypeText? = nil, resourceID: ResourceIDText? = nil, limit: PageLimit? = nil,
        cursor: Cursor? = nil
    ) {
        self.resourceType = resourceType
        self.resourceID = resourceID
        self.limit = limit
        self.cursor = cursor
    }

    public var pageRequest: PageRequest { ListQuery(limit: limit, cursor: cursor).pageRequest }

    private enum CodingKeys: String, CodingKey {
        case resourceType = "resource_type"
        case resourceID = "resource_id"
        case limit
        case cursor
    }
}

/// Who has a permission on one thing: a member, or everybody with a role. One of the two is null.
public struct GrantSubjectBody: Codable, Sendable, Equatable {
    public let userID: ID<User>?
    public let role: RoleID?

    public init(_ subject: TeamGrantSubject) {
        switch subject {
        case .member(let id): (userID, role) = (id, nil)
        case .role(let id): (userID, role) = (nil, id)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case role
    }
}

/// Who is to have a permission on one thing: exactly one of the two.
public struct GrantSubjectRequest: Codable, Sendable, Equatable {
    public let userID: ID<User>?
    public let role: RoleID?

    public init(userID: ID<User>? = nil, role: RoleID? = nil) {
        self.userID = userID
        self.role = role
    }

    private enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case role
    }
}

/// A new permission on one thing.
public struct CreateGrantRequest: Codable, Sendable, Equatable {
    public let resourceType: ResourceTypeText
    public let resourceID: ResourceIDText
    public let subject: GrantSubjectRequest
    public let permission: Permission

    public init(
        resourceType: ResourceTypeText, resourceID: ResourceIDText, subject: GrantSubjectRequest, permission: Permission
    ) {
        self.resourceType = resourceType
        self.resourceID = resourceID
        self.subject = subject
        self.permission = permission
    }

    public var grant: ResourceGrant {
        ResourceGrant(
            permission,
            on: ResourceReference(type: ResourceType(rawValue: resourceType.text), id: resourceID.text))
    }

    /// Who is to have it.
    /// - Throws: ``ValidationError`` unless it is exactly one of the two.
    public func who() throws(ValidationError) -> TeamGrantSubject {
        switch (subject.userID, subject.role) {
        case (let user?, nil): return .member(user)
        case (nil, let role?): return .role(role)
        case (nil, nil): throw ValidationError(pointer: "/subject/user_id", .required)
        case (.some, .some): throw ValidationError(pointer: "/subject/role", .notTogether)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case resourceType = "resource_type"
        case resourceID = "resource_id"
        case subject
        case permission
    }
}

/// A permission on one thing that a member or a role has.
public struct GrantBody: Codable, Sendable, Equatable {
    public let id: ID<TeamGrant>
    public let resourceType: String
    public let resourceID: String
    public let subject: GrantSubjectBody
    public let permission: Permission
    /// Null once that account is gone.
    public let grantedBy: ID<User>?
    public let createdAt: Timestamp

    public init(_ grant: TeamGrant) {
        id = grant.id
        resourceType = grant.grant.item.type.rawValue
        resourceID = grant.grant.item.id
        subject = GrantSubjectBody(grant.subject)
        permission = grant.grant.permission
        grantedBy = grant.grantedBy
        createdAt = grant.createdAt
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case resourceType = "resource_type"
        case resourceID = "resource_id"
        case subject
        case permission
        case grantedBy = "granted_by"
        case createdAt = "created_at"
    }
}
