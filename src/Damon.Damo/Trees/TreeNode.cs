using Damon.Damo.Values;

namespace Damon.Damo.Trees;

/// <summary>A node of the tree that JSON and YAML documents share.</summary>
public abstract record TreeNode;

/// <summary>A mapping; keys in order, a repeated key's last value counts.</summary>
/// <param name="Entries">Keys and values, in order.</param>
public sealed record TreeMap(IReadOnlyList<KeyValuePair<string, TreeNode>> Entries) : TreeNode;

/// <summary>A list.</summary>
/// <param name="Items">The items.</param>
public sealed record TreeList(IReadOnlyList<TreeNode> Items) : TreeNode;

/// <summary>A string.</summary>
/// <param name="Value">The string.</param>
public sealed record TreeText(string Value) : TreeNode;

/// <summary>A number.</summary>
/// <param name="Value">The number.</param>
public sealed record TreeNumber(Number Value) : TreeNode;

/// <summary>A truth value.</summary>
/// <param name="Value">The truth value.</param>
public sealed record TreeBool(bool Value) : TreeNode;

/// <summary>Null.</summary>
public sealed record TreeNull : TreeNode
{
    /// <summary>The only instance that is needed.</summary>
    public static TreeNull Instance { get; } = new();
}
